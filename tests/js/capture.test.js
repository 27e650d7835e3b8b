import assert from "node:assert/strict";
import { test } from "node:test";
import { Capture } from "../../webapp/static/js/capture.js";

/** A film that shows its next picture when told to. */
class Film {
  videoWidth = 640;
  videoHeight = 480;
  waiting = [];

  requestVideoFrameCallback(take) {
    this.waiting.push(take);
  }

  async show() {
    for (const take of this.waiting.splice(0)) take();
    await new Promise((resolve) => setTimeout(resolve, 35)); // longer than the smallest gap between two pictures
  }
}

/** @returns {{film: Film, capture: Capture, taken: number[]}} */
function capture() {
  const film = new Film();
  const taken = [];
  const landmarker = { busy: false, detect: async () => ({ image: null }) };
  globalThis.createImageBitmap = async () => ({});
  return { film, taken, capture: new Capture(film, landmarker, (_, atMs) => taken.push(atMs), (error) => assert.fail(error)) };
}

test("a pause that is over before the next picture leaves one loop, not two", async () => {
  const { film, capture: made, taken } = capture();
  made.start();
  made.stop();
  made.start();
  assert.equal(film.waiting.length, 2);
  await film.show();
  assert.equal(film.waiting.length, 1);
  await film.show();
  assert.equal(film.waiting.length, 1);
  assert.equal(taken.length, 2);
});

test("what was being judged when the pause began is not told afterwards", async () => {
  const { film, capture: made, taken } = capture();
  made.start();
  const shown = film.show();
  made.stop();
  made.start();
  await shown;
  assert.deepEqual(taken, []);
});
