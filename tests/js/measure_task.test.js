import assert from "node:assert/strict";
import { test } from "node:test";
import { shown } from "../../webapp/static/js/measure_task.js";

const texts = {
  task: "do it", deg: "{deg}°", band: "± {error}°", unseen: "cannot see", attempt: "{number}: {deg}°", attempt_say: "{deg} degrees",
  left: "{seconds} left", stands: "stands", of_stands: "{count} of {goal}", time_over: "over", seconds: "s",
};
const view = { deg: 97, error_deg: 7, attempts: [{ deg: 90.2 }, { deg: 118 }], out: true, count: 3, clock_s: 12.34, hold_s: 4.8 };

test("degrees come with their band, and an attempt is told when it is over", () => {
  const now = shown(view, { kind: "motion", texts });
  assert.deepEqual([now.number, now.below, now.marks, now.say], ["97°", "± 7°", "1: 90°", "90 degrees"]);
  assert.equal(shown({ ...view, out: false }, { kind: "motion", texts }).say, "118 degrees");
});

test("what nobody vouches for is a dash with a reason", () => {
  const now = shown({ ...view, deg: null, error_deg: null }, { kind: "motion", texts });
  assert.deepEqual([now.number, now.below, now.hint], ["–", "", "cannot see"]);
});

test("a count has the time that is left, and says when it is over", () => {
  const data = { kind: "count", texts, seconds: 30 };
  assert.deepEqual([shown(view, data).number, shown(view, data).below], ["3", "18 left"]);
  assert.equal(shown({ ...view, clock_s: 30.1 }, data).say, "over");
});

test("a stopwatch and a hold show seconds", () => {
  assert.deepEqual([shown(view, { kind: "time", texts, reps: 5 }).number, shown(view, { kind: "time", texts, reps: 5 }).below], ["12.3", "3 of 5"]);
  assert.equal(shown(view, { kind: "hold", texts, seconds: 45 }).number, "4");
});
