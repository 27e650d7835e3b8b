import assert from "node:assert/strict";
import { test } from "node:test";
import { landmarks, RemoteLandmarker } from "../../webapp/static/js/remote_landmarker.js";

const JPEG = new Uint8Array([0xff, 0xd8, 0xff]);

/** A canvas as far as it is used here. */
function page() {
  const context = { drawImage() {}, getImageData: () => ({ data: new Uint8ClampedArray(16 * 16 * 4).fill(255) }) };
  const canvas = { getContext: () => context, toBlob: (give) => give(new Blob([JPEG])) };
  globalThis.document = { createElement: () => canvas };
  return new RemoteLandmarker();
}

const bitmap = () => ({ width: 640, height: 480, close() {} });

/** @returns {ArrayBuffer} 33 rows of six numbers: the row's own, and a tenth more in each column */
function numbers() {
  const view = new DataView(new ArrayBuffer(33 * 6 * 4));
  for (let at = 0; at < 33 * 6; at += 1) view.setFloat32(at * 4, Math.floor(at / 6) + (at % 6) / 8, true);
  return view.buffer;
}

test("the server's numbers have the form of the browser's own model", () => {
  const { image, world, width, height } = landmarks({ width: 640, height: 480, landmarks: numbers() });
  assert.deepEqual([image.length, world.length, width, height], [33, 33, 640, 480]);
  assert.deepEqual(image[2], { x: 2, y: 2.125, z: 0, visibility: 2.625 });
  assert.deepEqual(world[32], { x: 32.25, y: 32.375, z: 32.5 });
});

test("nobody is nobody", () => {
  const seen = landmarks({ width: 640, height: 480, landmarks: new ArrayBuffer(0) });
  assert.deepEqual([seen.image, seen.world], [null, null]);
});

test("one picture at a time, at most twelve a second", async () => {
  const remote = page();
  let answer = () => {};
  remote.through((_, jpeg) => new Promise((give) => (answer = () => give({ width: 640, height: 480, landmarks: numbers(), jpeg }))));
  const looking = remote.detect(bitmap(), true);
  assert.equal(remote.busy, true);
  await new Promise((resolve) => setTimeout(resolve, 5));
  answer();
  assert.equal((await looking).light?.toFixed(3), "1.000");
  assert.equal(remote.busy, true); // too soon for the next
  await new Promise((resolve) => setTimeout(resolve, 90));
  assert.equal(remote.busy, false);
});

test("without a connection, or while the model loads, the picture comes to nothing and the page goes on", async () => {
  for (const reply of [null, { error: "loading" }, { error: "slow_down" }, { error: "not_open" }]) {
    const remote = page();
    remote.through(async () => reply);
    await assert.rejects(remote.detect(bitmap(), false), { name: "InvalidStateError" });
    assert.equal(remote.busy, true);
  }
});

test("what will not get better is trouble, with its own words", async () => {
  for (const [error, cause] of [["full", "pictures_full"], ["failed", "pictures_failed"], ["not_agreed", "pictures_failed"], ["not_allowed", "not_allowed"]]) {
    const remote = page();
    remote.through(async () => ({ error }));
    await assert.rejects(remote.detect(bitmap(), false), { cause });
  }
});
