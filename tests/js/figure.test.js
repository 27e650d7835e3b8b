import assert from "node:assert/strict";
import { test } from "node:test";
import { fit } from "../../webapp/static/js/capture.js";
import { facing, torsoLength } from "../../webapp/static/js/figure.js";
import { Ghost } from "../../webapp/static/js/ghost.js";

/** A body of one torso length, facing right, its hips at `y`. */
function standing(y) {
  const points = Array.from({ length: 33 }, () => [0, y, 0]);
  [11, 12].forEach((i) => (points[i] = [0, y - 1, 0]));
  points[0] = [0.2, y - 1.5, 0];
  [31, 32].forEach((i) => (points[i] = [0.3, 2, 0]));
  [27, 28, 29, 30].forEach((i) => (points[i] = [0, 2, 0]));
  return points;
}

test("the ghost moves smoothly between frames and loops", () => {
  const ghost = new Ghost({ frames: [standing(0), standing(1)] }, 2);
  assert.equal(ghost.pose(0, false)[23][1], 0);
  assert.equal(ghost.pose(500, false)[23][1], 0.5);
  assert.equal(ghost.pose(1000, false)[23][1], 1);
  assert.equal(ghost.pose(2000, false)[23][1], 0);
});

test("who asked for less motion sees the turn, standing still", () => {
  const ghost = new Ghost({ frames: [standing(0), standing(1)] }, 2);
  assert.deepEqual(ghost.pose(0, true), ghost.pose(777, true));
});

test("torso and facing are read from the body", () => {
  assert.equal(torsoLength(standing(0)), 1);
  assert.equal(facing(standing(0)), 1);
  assert.equal(facing(standing(0).map(([x, y, z]) => [-x, y, z])), -1);
});

test("the ghost stands where the patient stands, as tall, facing the same way", () => {
  const ghost = new Ghost({ frames: [standing(0)] }, 2);
  ghost.standAt(standing(0).map(([x, y]) => [400 - 100 * x, 100 + 100 * y]));
  assert.deepEqual(ghost._anchor, { x: 400, y: 100, scale: 100, flip: -1 });
});

test("pictures are made no larger than needed, in the same shape", () => {
  assert.deepEqual(fit(1280, 720), { resizeWidth: 640, resizeHeight: 360, resizeQuality: "low" });
  assert.equal(fit(320, 240).resizeWidth, 320);
  assert.equal(fit(720, 1280).resizeHeight, 640);
});
