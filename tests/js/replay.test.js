import assert from "node:assert/strict";
import { test } from "node:test";
import { Film } from "../../webapp/static/js/film.js";
import { neighbour, repAt } from "../../webapp/static/js/rep_table.js";
import { ReferenceFilm, shareAt } from "../../webapp/static/js/reference_film.js";
import { ReplayClock } from "../../webapp/static/js/replay_clock.js";

/** A clock whose time is moved by hand. */
function byHand(endS) {
  const ticker = { ms: 0, waiting: [], now: () => ticker.ms, frame: (go) => ticker.waiting.push(go) };
  const pass = (ms) => {
    ticker.ms += ms;
    for (const go of ticker.waiting.splice(0)) go();
  };
  return { clock: new ReplayClock(endS, ticker), pass };
}

test("everybody who listens hears the same moment", () => {
  const { clock, pass } = byHand(10);
  const heard = [[], []];
  heard.forEach((list) => clock.listen(({ t }) => list.push(t)));
  clock.play();
  pass(500);
  clock.seek(4);
  assert.deepEqual(heard[0], heard[1]);
  assert.equal(heard[0].at(-1), 4);
});

test("half speed takes twice as long, and it stops at the end", () => {
  const { clock, pass } = byHand(2);
  clock.setRate(0.5);
  clock.play();
  pass(1000);
  assert.equal(clock.moment.t, 0.5);
  clock.setRate(2);
  pass(1000);
  assert.deepEqual({ ...clock.moment }, { t: 2, playing: false, rate: 2 });
  clock.play(); // from the beginning
  assert.equal(clock.moment.t, 0);
});

test("pausing and playing again does not run twice as fast", () => {
  const { clock, pass } = byHand(10);
  clock.play();
  clock.pause();
  clock.play();
  pass(1000);
  assert.equal(clock.moment.t, 1);
});

test("a moment stays within the session", () => {
  const { clock } = byHand(3);
  clock.seek(99);
  assert.equal(clock.moment.t, 3);
  clock.seek(-1);
  assert.equal(clock.moment.t, 0);
});

/** Two landmarks (23 and 24) in the bytes of `webapp/replaying/film.py`: x as given in millimetres, y and z 0. */
function bytes(ms, x, seen) {
  const count = ms.length;
  const out = new DataView(new ArrayBuffer(28 + 4 + 4 * count + 2 * 6 * count + count));
  out.setUint32(0, count, true);
  out.setUint32(4, 2, true);
  [0.001, -1, -1, 1, 1].forEach((value, i) => out.setFloat32(8 + 4 * i, value, true));
  out.setUint8(28, 23);
  out.setUint8(29, 24);
  ms.forEach((value, i) => out.setUint32(32 + 4 * i, value, true));
  for (const joint of [0, 1]) {
    x.forEach((value, i) => out.setInt16(32 + 4 * count + 2 * (3 * joint * count + i), value - (x[i - 1] ?? 0), true));
  }
  seen.forEach((value, i) => out.setUint8(32 + 4 * count + 12 * count + i, value));
  return out.buffer;
}

test("a film is read back, between two pictures too", () => {
  const film = new Film(bytes([0, 100, 200], [0, 1000, -30000], [1, 1, 1]));
  assert.equal(film.endS, 0.2);
  assert.ok(Math.abs(film.poseAt(0.05)[23][0] - 0.5) < 1e-6);
  assert.ok(Math.abs(film.poseAt(0.2)[24][0] + 30) < 1e-3);
  assert.ok(Math.abs(film.poseAt(9)[24][0] + 30) < 1e-3);
});

test("where nobody was seen, or for too long, nobody is drawn", () => {
  const film = new Film(bytes([0, 100, 2000], [0, 0, 0], [1, 0, 1]));
  assert.equal(film.poseAt(0.05), null);
  assert.equal(film.poseAt(1), null);
  assert.ok(film.poseAt(0));
});

const REP = { other_side: false, t_s: [2, 3, 4], share: [0, 0.5, 1] };

test("the reference is where the patient is, and waits between repetitions", () => {
  assert.equal(shareAt(REP, 2.5), 0.25);
  const frames = [[[0, 0, 0]], [[1, 0, 0]]];
  const film = new ReferenceFilm({ joints: [23], frames, other_side: [[[5, 0, 0]], [[5, 0, 0]]], reps: [REP, { ...REP, other_side: true, t_s: [6, 7, 8] }] });
  assert.equal(film.poseAt(3)[23][0], 1);
  assert.equal(film.poseAt(5)[23][0], 0);
  assert.equal(film.poseAt(7)[23][0], 5);
});

const REPS = [{ startS: 1, endS: 3 }, { startS: 4, endS: 6 }];

test("the row of the moment, and the ones before and after it", () => {
  assert.equal(repAt(REPS, 5), REPS[1]);
  assert.equal(repAt(REPS, 3.5), undefined);
  assert.equal(neighbour(REPS, 0, 1), 1);
  assert.equal(neighbour(REPS, 1, 1), 4);
  assert.equal(neighbour(REPS, 5, -1), 4);
  assert.equal(neighbour(REPS, 4.1, -1), 1);
  assert.equal(neighbour(REPS, 4, 1), undefined);
});
