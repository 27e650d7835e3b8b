import assert from "node:assert/strict";
import { test } from "node:test";
import { Aloud } from "../../webapp/static/js/aloud.js";

const TEXTS = { set: "Set {set} of {sets}.", rest: "Rest for {seconds} seconds.", rest_left: "{seconds} left.", paused: "Paused.", going_on: "Going on." };

/** What is said, and who says it. */
function aloud(on = true) {
  const said = [];
  return { said, made: new Aloud({ say: (_, text) => said.push(text) }, on, TEXTS) };
}

test("each thing is said once, when it changes", () => {
  const { said, made } = aloud();
  for (const set of [1, 1, 2]) made.set(set, 2);
  made.pause(true);
  made.pause(false);
  made.say("connection", "No connection.");
  made.say("connection", "");
  made.say("connection", "No connection.");
  assert.deepEqual(said, ["Set 1 of 2.", "Set 2 of 2.", "Paused.", "Going on.", "No connection.", "No connection."]);
});

test("a rest is counted down at a few moments, each rest anew", () => {
  const { said, made } = aloud();
  for (let rest = 0; rest < 2; rest += 1) {
    made.rest(12);
    for (let left = 12; left >= 0; left -= 1) made.resting(left);
  }
  assert.deepEqual(said.slice(0, 3), ["Rest for 12 seconds.", "10 left.", "5 left."]);
  assert.deepEqual(said.slice(3), said.slice(0, 3));
});

test("nobody else hears any of it", () => {
  const { said, made } = aloud(false);
  made.set(1, 2);
  made.rest(30);
  made.pause(true);
  assert.deepEqual(said, []);
  assert.equal(made.againMs, undefined);
});
