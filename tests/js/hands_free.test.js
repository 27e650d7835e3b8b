import assert from "node:assert/strict";
import { test } from "node:test";
import { DemoClock } from "../../webapp/static/js/demo_clock.js";
import { HeldGesture } from "../../webapp/static/js/gesture.js";
import { NextUp } from "../../webapp/static/js/next_up.js";
import { commandIn } from "../../webapp/static/js/voice_commands.js";

const RULE = {
  alternatives: [[{ measure: "above", point: 15, base: 11, min: 0.7, max: null }]],
  seen: 0.5,
  shoulders: 1.3,
  held_s: 1.2,
  stop_s: 4,
};
const SEEN = Array(33).fill(1);

const body = (up) => {
  const points = Array.from({ length: 33 }, () => [300, 300]);
  Object.assign(points, { 11: [365, 200], 12: [235, 200], 23: [340, 400], 24: [260, 400], 15: [370, up ? 30 : 370] });
  return points;
};

const held = () => {
  const said = [];
  return { said, gesture: new HeldGesture(RULE, { held: () => said.push("held"), stop: () => said.push("stop") }) };
};

test("a gesture means something once when it was held, and stop when it is held on", () => {
  const { said, gesture } = held();
  for (let ms = 0; ms <= 6000; ms += 100) gesture.see(body(true), SEEN, ms);
  assert.deepEqual(said, ["held", "stop"]);
});

test("an arm that passes by means nothing, and after letting go it may be meant again", () => {
  const { said, gesture } = held();
  for (let ms = 0; ms < 1100; ms += 100) gesture.see(body(true), SEEN, ms);
  gesture.see(body(false), SEEN, 1100);
  for (let ms = 1200; ms <= 2500; ms += 100) gesture.see(body(true), SEEN, ms);
  gesture.see(null, [], 2600);
  for (let ms = 2700; ms <= 4000; ms += 100) gesture.see(body(true), SEEN, ms);
  assert.deepEqual(said, ["held", "held"]);
});

test("the share grows to the next meaning", () => {
  const { gesture } = held();
  assert.equal(gesture.see(body(true), SEEN, 0), 0);
  assert.equal(gesture.see(body(true), SEEN, 600), 0.5);
  assert.ok(gesture.see(body(true), SEEN, 1300) < 0.1);
});

const WORDS = { pause: ["pause", "wait"], resume: ["go on", "continue"], stop: ["stop"] };

test("a command is heard in a few words, and not in talk that is meant for others", () => {
  assert.equal(commandIn("Pause!", WORDS), "pause");
  assert.equal(commandIn("please go on", WORDS), "resume");
  assert.equal(commandIn("no wait stop", WORDS), "stop");
  assert.equal(commandIn("stopping", WORDS), null);
  assert.equal(commandIn("tell your brother that he should stop", WORDS), null);
  assert.equal(commandIn("", WORDS), null);
});

test("a demonstration halts, goes on where it was, and is wound back", () => {
  const clock = new DemoClock();
  clock.at(1000);
  assert.equal(clock.at(4000), 3000);
  clock.toggle();
  assert.equal(clock.at(9000), 3000);
  clock.toggle();
  assert.equal(clock.at(9500), 3500);
  clock.back();
  assert.equal(clock.at(9500), 1500);
});

test("the next exercise begins by itself once, unless one stays", () => {
  const did = [];
  const view = { go: (step) => did.push(step), write: () => {} };
  const next = new NextUp({ name: "Squat", url: "/x" }, "Next: {name}, in {seconds}", view, { go: () => did.push("go"), stay: () => did.push("stay") });
  next.begin(0);
  next.tick(19000);
  next.tick(20001);
  next.tick(30000);
  assert.deepEqual(did, ["next", "go"]);
  next.begin(0);
  next.stay();
  next.tick(30000);
  assert.deepEqual(did, ["next", "go", "next", "stay"]);
});
