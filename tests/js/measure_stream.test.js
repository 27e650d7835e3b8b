import assert from "node:assert/strict";
import { test } from "node:test";
import { MeasureStream } from "../../webapp/static/js/measure_stream.js";
import { KIND } from "../../webapp/static/js/message.js";

const WAY = { frames: "/frames", result: "/result", ticket: "t", csrf: "c" };
const MESSAGE_BYTES = 24; // a frame in which nobody was found, and a control
const frame = (t) => ({ t, width: 640, height: 480, values: null });
const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

/** A server that counts messages, is away for a while, and may be started anew. */
function world() {
  const state = { seen: 0, away: 0, posts: 0, told: [], ended: [], cuts: [], done: null, refuse: 0 };
  const fetch = async (url, { body }) => {
    state.posts += 1;
    if (state.refuse) return { ok: false, status: state.refuse };
    if (state.away) {
      state.away -= 1;
      throw new TypeError("no network");
    }
    const reply = url === "/frames" ? { seen: (state.seen += body.size / MESSAGE_BYTES), view: {} } : result(body);
    return { ok: true, status: 200, json: async () => reply };
  };
  const result = (body) => (Number(body.get("last")) > state.seen ? { seen: state.seen } : { url: "/measured/1" });
  const on = {
    answered: (view) => state.told.push(view),
    connection: (cut) => state.cuts.push(cut),
    ended: (cause) => state.ended.push(cause),
    done: (reply) => (state.done = reply),
  };
  return { state, stream: new MeasureStream(WAY, on, { fetch, wait: async () => {} }) };
}

test("frames arrive in order, and the result is asked for when all are there", async () => {
  const { state, stream } = world();
  for (const t of [1, 2, 3]) stream.push(frame(t));
  stream.control(KIND.resume, 3.5);
  stream.finish();
  await soon();
  assert.equal(state.seen, 4);
  assert.deepEqual(state.done, { url: "/measured/1" });
});

test("a cut loses nothing", async () => {
  const { state, stream } = world();
  state.away = 3;
  for (const t of [1, 2, 3]) stream.push(frame(t));
  stream.finish();
  await soon();
  assert.deepEqual([...new Set(state.cuts)], [true, false]);
  assert.equal(state.seen, 3);
  assert.ok(state.done);
});

test("a server that was started anew gets everything again", async () => {
  const { state, stream } = world();
  for (const t of [1, 2, 3]) stream.push(frame(t));
  await soon();
  state.seen = 0;
  stream.finish();
  await soon();
  assert.equal(state.seen, 3);
  assert.ok(state.done);
});

test("what is refused ends it, and nothing is sent any more", async () => {
  const { state, stream } = world();
  state.refuse = 404;
  stream.push(frame(1));
  await soon();
  stream.push(frame(2));
  await soon();
  assert.deepEqual([state.ended, state.posts], [["not_found"], 1]);
});
