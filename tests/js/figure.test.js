import assert from "node:assert/strict";
import { test } from "node:test";
import { fit } from "../../webapp/static/js/capture.js";
import { drawFigure, torsoLength } from "../../webapp/static/js/figure.js";
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

test("the length of the torso is read from the body", () => {
  assert.equal(torsoLength(standing(0)), 1);
});

/** A canvas that notes each line it draws: its colour, thickness and end. */
function canvas() {
  const lines = [];
  const context = {
    clearRect: () => {}, beginPath: () => {}, moveTo: () => {},
    lineTo(x, y) { this.end = [x, y]; },
    stroke() { lines.push({ colour: this.strokeStyle, width: this.lineWidth, end: this.end }); },
  };
  return { lines, width: 200, height: 200, getContext: () => context };
}

test("the demonstration faces as the patient sees themselves: mirrored by a camera, as it is in a film", () => {
  const ghost = new Ghost({ frames: [standing(0)] }, 2);
  const toes = (mirrored) => {
    const sheet = canvas();
    ghost.demonstrate(sheet, 0, false, { near: "near", far: "far" }, mirrored);
    const [hips, foot] = [sheet.lines[0], sheet.lines[5]];
    return foot.end[0] > hips.end[0] ? "right" : "left";
  };
  const first = toes(false);
  assert.notEqual(toes(true), first);
  ghost.standAt(standing(0).map(([x, y]) => [-100 * x, 100 * y])); // the patient faces the other way
  assert.notEqual(toes(false), first);
  assert.equal(toes(true), first);
});

test("who is seen from the front is not turned round by a trembling nose", () => {
  const ghost = new Ghost({ frames: [standing(0)] }, 2);
  ghost.standAt(standing(0).map(([x, y]) => [100 * x, 100 * y]));
  ghost.standAt(standing(0).map(([x, y], i) => [i === 0 ? -8 : 0.1 * x, 100 * y]));
  assert.equal(ghost._anchor.flip, 1);
});

test("a line goes round the whole body, under every part of it", () => {
  const sheet = canvas();
  drawFigure(sheet.getContext(), standing(0), { x: 0, y: 0, scale: 100, flip: 1 }, { near: "light", far: "light", line: "dark" });
  const half = sheet.lines.length / 2;
  const [under, over] = [sheet.lines.slice(0, half), sheet.lines.slice(half)];
  assert.ok(under.every((line) => line.colour === "dark") && over.every((line) => line.colour === "light"));
  under.forEach((line, i) => assert.ok(line.width > over[i].width));
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
