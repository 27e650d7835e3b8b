import assert from "node:assert/strict";
import { test } from "node:test";

import { Demonstration, batches } from "../../webapp/static/js/demonstration.js";

/** Somebody whose right wrist is this far up, a share of the picture. */
function body(up) {
  const image = Array.from({ length: 33 }, () => ({ x: 0.5, y: 0.5, z: 0, visibility: 1 }));
  image[11] = { x: 0.5, y: 0.3, z: 0, visibility: 1 };
  image[16] = { x: 0.6, y: 0.6 - up, z: 0, visibility: 1 };
  return { image, world: image.map(() => ({ x: 0, y: 0, z: 0 })), width: 640, height: 480, light: null };
}

function shown(heights, step = 0.1) {
  const demonstration = new Demonstration();
  heights.forEach((up, index) => demonstration.add(body(up), index * step));
  return demonstration;
}

const still = (up) => Array.from({ length: 30 }, () => up);

test("it is over when there was a movement and nobody has moved for a while", () => {
  assert.equal(shown([...still(0), 0.1, 0.3, 0.1, ...still(0)]).over, true);
  assert.equal(shown([...still(0), 0.1, 0.3, 0.1, 0]).over, false);
});

test("who has not begun yet is waited for, however still", () => {
  assert.equal(shown([...still(0), ...still(0)]).over, false);
});

test("pictures that follow too closely are left out, so that a minute stays small", () => {
  assert.equal(shown(still(0), 0.03).length, 15);
  assert.equal(shown(still(0), 0.1).length, 30);
});

test("a message holds at most eight frames of one size, and nobody in it is kept as nobody", async () => {
  const demonstration = shown(still(0));
  demonstration.add({ image: null, world: null, width: 480, height: 640, light: null }, 99);
  const sizes = batches(demonstration._frames).map((batch) => batch.length);
  assert.deepEqual(sizes, [8, 8, 8, 6, 1]);
  const bytes = new Uint8Array(await demonstration.packed().arrayBuffer());
  assert.equal(bytes.length, 5 * 16 + 31 * 8 + 30 * 33 * 6 * 4);
});
