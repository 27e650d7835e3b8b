import assert from "node:assert/strict";
import { test } from "node:test";
import { OtherExercise } from "../../webapp/static/js/other_exercise.js";

const PROGRAM = { sit_to_stand: { name: "Sit to stand", url: "/exercise/2" } };

const page = () => {
  const shown = {};
  const view = { show: (name, visible) => (shown[name] = visible), write: (name, text) => (shown[name] = text) };
  return { shown, other: new OtherExercise(PROGRAM, "This looks like “{name}”. Switch?", view) };
};

test("it asks by name, and knows where the other exercise is", () => {
  const { shown, other } = page();
  other.ask({ exercise: "sit_to_stand" });
  assert.deepEqual(shown, { "looks-like-text": "This looks like “Sit to stand”. Switch?", "looks-like": true });
  assert.equal(other.url, "/exercise/2");
});

test("who keeps the exercise is not asked again", () => {
  const { shown, other } = page();
  other.ask({ exercise: "sit_to_stand" });
  other.decline();
  assert.equal(shown["looks-like"], false);
  other.ask({ exercise: "sit_to_stand" });
  assert.equal(shown["looks-like"], false);
});

test("a counted repetition takes the question back, and it may be asked anew", () => {
  const { shown, other } = page();
  other.ask({ exercise: "sit_to_stand" });
  other.keep();
  assert.equal(shown["looks-like"], false);
  other.ask({ exercise: "sit_to_stand" });
  assert.equal(shown["looks-like"], true);
});

test("an exercise that is not in the program is never suggested", () => {
  const { shown, other } = page();
  other.ask({ exercise: "handstand" });
  assert.deepEqual(shown, {});
  assert.equal(other.url, "");
});
