import assert from "node:assert/strict";
import { test } from "node:test";
import { SetTimer } from "../../webapp/static/js/set_timer.js";

const run = (timer, seconds) => {
  let last;
  for (let ms = 0; ms <= seconds * 1000; ms += 100) last = timer.at((timer.ms = (timer.ms ?? 0) + (ms ? 100 : 0)));
  return last;
};

test("it leads through repetitions, rest and sets, and ends", () => {
  const timer = new SetTimer({ sets: 2, reps: 3, hold_s: 0, rest_s: 10, period_s: 4 });
  assert.equal(run(timer, 5).state, "waiting");
  timer.start();
  assert.deepEqual(run(timer, 8.5), { state: "moving", set: 1, rep: 2, seconds: 0 });
  const rest = run(timer, 4);
  assert.deepEqual([rest.state, rest.set], ["resting", 1]);
  assert.equal(timer.done, 1);
  assert.deepEqual([run(timer, 10).state, timer.done], ["moving", 1]);
  assert.equal(run(timer, 13).state, "done");
  assert.equal(timer.done, 2);
});

test("a pause stops the clock, and a set may end early", () => {
  const timer = new SetTimer({ sets: 2, reps: 10, hold_s: 0, rest_s: 5, period_s: 3 });
  timer.start();
  run(timer, 4);
  timer.pause();
  assert.equal(run(timer, 60).rep, 1);
  timer.start();
  timer.skip();
  assert.equal(run(timer, 0).state, "resting");
  timer.skip();
  assert.deepEqual(run(timer, 0).set, 2);
});

test("a hold counts its seconds", () => {
  const timer = new SetTimer({ sets: 1, reps: 0, hold_s: 20, rest_s: 5, period_s: 24 });
  timer.start();
  assert.equal(run(timer, 7).seconds, 7);
  assert.equal(run(timer, 14).state, "done");
});
