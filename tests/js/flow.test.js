import assert from "node:assert/strict";
import { test } from "node:test";
import { Aloud } from "../../webapp/static/js/aloud.js";
import { CueBoard, fill } from "../../webapp/static/js/cue_board.js";
import { Flow } from "../../webapp/static/js/flow.js";
import { Gauge } from "../../webapp/static/js/gauge.js";
import { Guide } from "../../webapp/static/js/guide.js";
import { SessionClock } from "../../webapp/static/js/session_clock.js";
import { Voice } from "../../webapp/static/js/voice.js";

test("the guide ticks points off, and keeps them ticked while others are open", () => {
  const guide = new Guide(["show_ankle"]);
  guide.update({ state: "positioning", guide: ["step_back", "show_ankle"] });
  assert.equal(guide.next, "show_ankle");
  const points = guide.update({ state: "positioning", guide: ["step_back"] });
  assert.deepEqual(points, [{ key: "show_ankle", done: true }, { key: "step_back", done: false }]);
  assert.equal(guide.next, "step_back");
});

test("with nobody in the picture nothing is ticked off, and one is asked to step into it", () => {
  const guide = new Guide(["show_ankle"]);
  const points = guide.update({ state: "no_person", guide: [] });
  assert.deepEqual(points, [{ key: "show_ankle", done: false }, { key: "step_into_view", done: false }]);
});

test("a dark picture asks for more light", () => {
  const guide = new Guide([]);
  guide.see(0.08);
  assert.deepEqual(guide.update({ state: "positioning", guide: [] }), [{ key: "more_light", done: false }]);
  guide.see(null);
  guide.see(0.4);
  assert.deepEqual(guide.update({ state: "positioning", guide: [] }), [{ key: "more_light", done: true }]);
});

test("the same cue is not shown twice within five seconds, and goes away by itself", () => {
  const shown = [];
  const voice = { say: () => true };
  const board = new CueBoard({ deeper: { say: "Deeper", show: "Deeper by {deg}", kind: "further" } }, voice, (cue) => shown.push(cue?.show ?? null));
  const event = { cue: "deeper", params: { deg: 5 } };
  board.give(event, 1000);
  board.give(event, 5900);
  board.tick(5100);
  board.give(event, 6100);
  assert.deepEqual(shown, ["Deeper by 5", null, "Deeper by 5"]);
});

test("a call for more goes away when the next repetition has got there; other cues stay", () => {
  const shown = [];
  const texts = {
    deeper: { say: "Deeper", show: "Deeper", more: "", kind: "further" },
    knees: { say: "Knees out", show: "Knees out", more: "", kind: "form" },
  };
  const board = new CueBoard(texts, { say: () => true }, (cue) => shown.push(cue?.show ?? null));
  board.give({ cue: "deeper", params: {} }, 1000);
  board.settle("further");
  board.give({ cue: "knees", params: {} }, 6000);
  board.settle("further");
  board.tick(6100);
  assert.deepEqual(shown, ["Deeper", null, "Knees out"]);
});

test("a cue with a second sentence says both, and stays longer", () => {
  const [shown, said] = [[], []];
  const texts = { begin: { say: "Start as in step one.", show: "Start", more: "Sit tall.", kind: "info" } };
  const board = new CueBoard(texts, { say: (_, text) => said.push(text) }, (cue) => shown.push(cue?.more ?? null));
  board.give({ cue: "begin", params: {} }, 1000);
  board.tick(6000);
  board.tick(9100);
  assert.deepEqual(said, ["Start as in step one. Sit tall."]);
  assert.deepEqual(shown, ["Sit tall.", null]);
});

/** A gauge on elements that are only written to. */
function gauge() {
  const fill = { attributes: {}, setAttribute(name, value) { this.attributes[name] = Number(value); } };
  const svg = { dataset: {}, querySelector: () => fill };
  const word = { textContent: "" };
  const made = new Gauge(svg, word, { good: "Good", stop: "Stop there" });
  return { made, svg, word, open: () => fill.attributes["stroke-dashoffset"] > 0 };
}

test("the ring closes and says good when the verdict will, not before", () => {
  const { made, svg, word, open } = gauge();
  made.show(1.2, false, 0);
  assert.deepEqual([svg.dataset.state, word.textContent, open()], ["further", "", true]);
  made.show(0.9, true, 100);
  assert.deepEqual([svg.dataset.state, word.textContent, open()], ["good", "Good", false]);
  made.tooFar(200);
  made.show(0.9, true, 300);
  assert.deepEqual([svg.dataset.state, word.textContent], ["stop", "Stop there"]);
});

test("an unknown cue is left out rather than shown as a key", () => {
  const shown = [];
  new CueBoard({}, { say: () => true }, (cue) => shown.push(cue)).give({ cue: "nonsense", params: {} }, 0);
  assert.deepEqual(shown, []);
});

test("a missing parameter leaves its place visible", () => {
  assert.equal(fill("{a} of {b}", { a: 1 }), "1 of {b}");
});

/** A flow whose page only notes what is written. */
function flow() {
  const said = [];
  const view = { written: {}, steps: [], write(name, text) { this.written[name] = text; }, go(step) { this.steps.push(step); } };
  for (const name of ["show", "announce", "countdown", "strip", "points", "total"]) view[name] = () => {};
  const data = {
    kind: "cycle", prescribed: { sets: 1, rest_s: 3, hold_s: 0, sides: "both" }, guide: {},
    texts: { ready: "Ready. Begin when you like.", begin: "Begin when you like", set_of: "", of: "of {goal}", side: {} },
  };
  const voice = { say: (_, text) => said.push(text) };
  const parts = { voice, aloud: new Aloud(voice, false, {}), guide: new Guide([]), gauge: { show: () => {} }, cues: { settle: () => {}, tick: () => {} } };
  return { view, said, made: new Flow({ data, view, ...parts, onDone: () => {} }) };
}

const READY = { state: "ready", guide: [], progress: 0, good: false, counts: { reps: 0 }, set_index: 1, set_reps: 0, set_goal: 10, side: "both" };

test("when in place one is told to begin, and what counts from now on is never held back", () => {
  const { view, said, made } = flow();
  made.take({ step: READY }, 0);
  assert.deepEqual(said, ["Ready. Begin when you like."]);
  assert.equal(view.written.hint, "Begin when you like");
  assert.deepEqual(view.steps, ["exercise"]);
  made.take({ step: { ...READY, state: "exercising", set_reps: 1 } }, 500);
  assert.equal(view.written.hint, "");
  assert.equal(view.written.count, "1");
});

test("session time grows, whatever happens to the clock", () => {
  const clock = new SessionClock(12, 3, 1000);
  const first = clock.at(1000);
  assert.ok(first > 12);
  assert.ok(clock.at(500) > first);
  assert.ok(Math.abs(clock.at(2000) - 13.05) < 0.01);
});

test("voices that come late are heard of", (t) => {
  const synthesis = new EventTarget();
  synthesis.getVoices = () => [];
  globalThis.window = { speechSynthesis: synthesis };
  globalThis.localStorage = { getItem: () => null };
  t.after(() => ["window", "localStorage"].forEach((name) => delete globalThis[name]));
  const voice = new Voice("en");
  const able = [];
  voice.onChange(() => able.push(voice.able));
  synthesis.getVoices = () => [{ name: "here", lang: "en-GB", localService: true }];
  synthesis.dispatchEvent(new Event("voiceschanged"));
  assert.deepEqual(able, [true]);
});

test("the voice uses voices of this device only, one sentence at a time", (t) => {
  const spoken = [];
  const synthesis = {
    speaking: false,
    cancel: () => spoken.push("(cancelled)"),
    speak: (utterance) => spoken.push(`${utterance.voice.name}: ${utterance.text}`),
    getVoices: () => [{ name: "cloud", lang: "en-US", localService: false }, { name: "here", lang: "en-GB", localService: true }],
  };
  globalThis.window = { speechSynthesis: synthesis };
  globalThis.localStorage = { getItem: () => null, setItem: () => {} };
  globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  t.after(() => ["window", "localStorage", "SpeechSynthesisUtterance"].forEach((name) => delete globalThis[name]));
  const voice = new Voice("en");
  assert.equal(voice.say("a", "One", { nowMs: 0 }), true);
  assert.equal(voice.say("a", "One", { nowMs: 4000 }), false);
  synthesis.speaking = true;
  assert.equal(voice.say("b", "Two", { nowMs: 4000 }), false);
  assert.equal(voice.say("c", "Ready", { nowMs: 4000, urgent: true }), true);
  voice.toggle();
  assert.equal(voice.say("d", "Quiet", { nowMs: 9000, urgent: true }), false);
  assert.deepEqual(spoken, ["here: One", "(cancelled)", "here: Ready", "(cancelled)"]);
});
