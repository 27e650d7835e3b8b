import assert from "node:assert/strict";
import { test } from "node:test";
import { KIND } from "../../webapp/static/js/message.js";
import { Stream } from "../../webapp/static/js/stream.js";

function parts(socket = { ready: true, behind: false }) {
  const entries = [];
  const outbox = { last: 0, add: (entry) => entries.push(entry) };
  return { entries, socket: { nudge: () => {}, ...socket }, outbox };
}
const frame = (t) => ({ t, width: 640, height: 480, values: null });

test("while the server answers, each frame is a message of its own", () => {
  const { entries, socket, outbox } = parts();
  const stream = new Stream(outbox, socket, 10);
  stream.push(frame(1));
  stream.push(frame(1.05));
  assert.deepEqual(entries.map((entry) => entry.first), [11, 12]);
});

test("with two messages unanswered only the newest frame waits, and what is dropped never got a number", () => {
  const { entries, socket, outbox } = parts();
  const stream = new Stream(outbox, socket, 0);
  socket.ready = false;
  [1, 2, 3].forEach((t) => stream.push(frame(t)));
  assert.equal(entries.length, 0);
  socket.ready = true;
  stream.answered();
  assert.equal(entries.length, 1);
  assert.equal(entries[0].first, 1);
  assert.equal(new DataView(entries[0].data).getFloat64(16, true), 3);
});

test("during a cut frames are recorded at 10 to 15 a second, in messages of at most 100 ms", () => {
  const { entries, socket, outbox } = parts({ ready: false, behind: true });
  const stream = new Stream(outbox, socket, 0);
  for (let t = 0; t < 10; t += 1 / 60) stream.push(frame(t));
  const frames = entries.reduce((sum, entry) => sum + entry.last - entry.first + 1, 0);
  assert.ok(frames >= 100 && frames <= 150, `${frames} frames in ten seconds`);
  for (const { first, last, data } of entries) {
    const view = new DataView(data);
    const [begin, end] = [view.getFloat64(16, true), view.getFloat64(16 + 8 * (last - first), true)];
    assert.ok(end - begin < 0.2);
  }
});

test("numbers run on without gaps through a cut, and controls keep their place", () => {
  const { entries, socket, outbox } = parts();
  const stream = new Stream(outbox, socket, 0);
  stream.push(frame(1));
  socket.behind = true;
  stream.push(frame(2));
  stream.control(KIND.pause, 2.1);
  socket.behind = false;
  stream.push(frame(3));
  stream.finish(4, "tired");
  assert.deepEqual(entries.map(({ first, last }) => [first, last]), [[1, 1], [2, 2], [3, 3], [4, 4], [5, 5]]);
  assert.deepEqual(entries.map(({ data }) => new Uint8Array(data)[1]), [0, 0, KIND.pause, 0, KIND.finish]);
});

test("a new page goes on after what an earlier one left in the outbox", () => {
  const { entries, socket, outbox } = parts();
  outbox.last = 57;
  new Stream(outbox, socket, 40).push(frame(9));
  assert.equal(entries[0].first, 58);
});
