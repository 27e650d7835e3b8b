import assert from "node:assert/strict";
import { test } from "node:test";
import { asGaps, KIND, packControl, packFrames, quantise } from "../../webapp/static/js/message.js";

const body = (value) => ({ t: value, width: 640, height: 480, values: new Float32Array(198).fill(value) });

test("a message holds its header, times and found frames", () => {
  const buffer = packFrames([body(0.5), { ...body(0.6), values: null }, body(0.7)], 41);
  const view = new DataView(buffer);
  assert.equal(buffer.byteLength, 16 + 3 * 8 + 2 * 792);
  assert.deepEqual([...new Uint8Array(buffer, 0, 4)], [1, KIND.frames, 3, 0b101]);
  assert.equal(view.getUint16(4, true), 640);
  assert.equal(view.getUint16(6, true), 480);
  assert.equal(view.getUint32(8, true), 41);
  assert.equal(view.getFloat64(16 + 8, true), 0.6);
  assert.equal(view.getFloat32(16 + 24 + 792, true), Math.fround(0.7));
});

test("one frame stays under 940 bytes, eight under the server's limit", () => {
  assert.ok(packFrames([body(1)], 1).byteLength < 940);
  assert.ok(packFrames(Array(8).fill(body(1)), 1).byteLength < 65536);
});

test("a finish carries its reason", () => {
  const view = new DataView(packControl(KIND.finish, 7, 12.5, "pain"));
  assert.equal(view.getUint8(1), KIND.finish);
  assert.equal(view.getUint32(8, true), 7);
  assert.equal(view.getUint32(12, true), 1);
  assert.equal(view.getFloat64(16, true), 12.5);
});

test("what the server cannot read is sent again as gaps with the same numbers and times", () => {
  const gaps = new DataView(asGaps(packFrames([body(0.5), body(0.6)], 3)));
  assert.equal(gaps.byteLength, 16 + 2 * 8);
  assert.equal(gaps.getUint8(3), 0);
  assert.equal(gaps.getUint32(8, true), 3);
  assert.equal(gaps.getFloat64(24, true), 0.6);
});

test("numbers are rounded once, to steps that a float32 holds exactly", () => {
  const image = Array.from({ length: 33 }, () => ({ x: 0.123456, y: 0.9, visibility: 0.777 }));
  const world = Array.from({ length: 33 }, () => ({ x: -0.123456, y: 0.3, z: 0.01 }));
  const values = quantise(image, world, 640, 480);
  assert.equal(values[0] * 32, Math.round(0.123456 * 640 * 32));
  assert.equal(values[2] * 256, Math.round(0.777 * 256));
  assert.equal(values[99] * 8192, Math.round(-0.123456 * 8192));
  assert.deepEqual(values, Float32Array.from([...values]));
});
