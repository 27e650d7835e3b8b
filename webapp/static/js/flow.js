import { fill } from "./cue_board.js";

const AT_START = 0.15;

/**
 * What the server says, made visible: which part of the page, count, gauge, cues, rests. Judges nothing itself.
 */
export class Flow {
  /**
   * @param {object} parts
   * @param {any} parts.data of the page
   * @param {import("./live_view.js").LiveView} parts.view
   * @param {import("./voice.js").Voice} parts.voice
   * @param {import("./aloud.js").Aloud} parts.aloud
   * @param {import("./guide.js").Guide} parts.guide
   * @param {import("./gauge.js").Gauge} parts.gauge
   * @param {import("./cue_board.js").CueBoard} parts.cues
   * @param {import("./other_exercise.js").OtherExercise} parts.other
   * @param {() => void} parts.onDone the prescribed work is done
   */
  constructor({ data, view, voice, aloud, guide, gauge, cues, other, onDone }) {
    Object.assign(this, { data, view, voice, aloud, guide, gauge, cues, other, onDone });
    this._state = "";
    this._step = /** @type {any} */ (null);
    this._reps = /** @type {any[]} */ ([]);
    this._restUntilMs = 0;
    this._begun = false;
  }

  /** Whether the body is in the start position, so that the ghost may measure it. */
  get atStart() {
    return this._state === "ready" || (this._state === "exercising" && this._step.progress < AT_START);
  }

  /** @param {any[]} reps the `rep` events of an earlier page of this session */
  resume(reps) {
    this._reps = reps.map((event) => event.rep);
    this._begun = this._reps.length > 0;
    if (this._begun) this.voice.say("resumed", this.data.texts.resumed);
  }

  /** @param {any} reply @param {number} nowMs */
  take(reply, nowMs) {
    for (const event of reply.events ?? []) this._event(event, nowMs);
    if (!reply.step) return;
    this._step = reply.step;
    if (reply.step.state !== this._state) this._enter(reply.step.state, nowMs);
    this._show(reply.step, nowMs);
  }

  /** Everything that passes by itself. @param {number} nowMs */
  tick(nowMs) {
    this.cues.tick(nowMs);
    if (this._state === "resting") {
      const seconds = Math.max(0, Math.ceil((this._restUntilMs - nowMs) / 1000));
      this.view.write("rest-text", fill(this.data.texts.rest, { seconds }));
      this.aloud.resting(seconds);
    }
  }

  /** @param {any} event @param {number} nowMs */
  _event(event, nowMs) {
    if (event.type === "cue") this.cues.give(event, nowMs);
    if (event.type === "fault" && event.check.startsWith("limit:")) this.gauge.tooFar(nowMs);
    if (event.type === "looks_like") this.other.ask(event);
    if (event.type === "rep") {
      this.other.keep();
      this._reps.push(event.rep);
      this.voice.say(`count:${event.rep.index}`, String(this._reps.filter((rep) => rep.set_index === event.rep.set_index).length));
    }
  }

  /** @param {string} state @param {number} nowMs */
  _enter(state, nowMs) {
    const before = this._state;
    this._state = state;
    const { texts, prescribed } = this.data;
    if (state === "ready" && !this._begun) {
      this._begun = true;
      this.voice.say("ready", texts.ready, { urgent: true, nowMs });
      this.view.announce(texts.ready);
      this.view.countdown();
    }
    if (state === "exercising") {
      this._begun = true;
      if (before === "resting") this.voice.say("next_set", texts.next_set, { urgent: true, nowMs });
    }
    if (state === "resting") {
      this._restUntilMs = nowMs + 1000 * prescribed.rest_s;
      this.voice.say("rest", texts.rest_say, { urgent: true, nowMs });
    }
    if (state === "resting") this.aloud.rest(prescribed.rest_s);
    this.view.show("rest", state === "resting");
    if (this._begun && state !== "done") this.view.go("exercise");
    if (state === "done") this.onDone();
  }

  /** @param {any} step @param {number} nowMs */
  _show(step, nowMs) {
    const lost = step.state === "positioning" || step.state === "no_person";
    if (lost) this._guide(step, nowMs);
    else this.view.write("hint", step.state === "ready" ? this.data.texts.begin : "");
    this._count(step);
    this.gauge.show(step.progress, step.good, nowMs);
    if (step.good) this.cues.settle("further");
    this.view.strip(this._reps.filter((rep) => rep.set_index === step.set_index));
    this.view.write("set-of", fill(this.data.texts.set_of, { set: step.set_index, sets: this.data.prescribed.sets }));
    if (step.state === "exercising") this.aloud.set(step.set_index, this.data.prescribed.sets);
    const sided = step.side !== "both" && this.data.prescribed.sides === "alternating";
    this.view.show("side-now", sided);
    if (sided) this.view.write("side-now", this.data.texts.side[step.side]);
    if (sided) this.aloud.say("side", this.data.texts.side[step.side]);
  }

  /** What is missing: a list before the exercise, one line in the middle of it. @param {any} step @param {number} nowMs */
  _guide(step, nowMs) {
    this.view.points(this.guide.update(step), this.data.guide);
    const next = this.guide.next;
    const text = next ? this.data.guide[next] : undefined;
    this.view.write("hint", text?.show ?? "");
    if (next && text) this.voice.say(`guide:${next}`, text.say, { nowMs, againMs: this.aloud.againMs });
  }

  /** @param {any} step */
  _count(step) {
    const { kind, prescribed, texts } = this.data;
    const holding = kind !== "cycle";
    this.view.write("count", String(holding ? Math.floor(step.hold_s) : step.set_reps));
    this.view.write("count-of", fill(holding ? texts.seconds : texts.of, { goal: holding ? prescribed.hold_s : step.set_goal }));
    this.view.total(step.counts.reps);
  }
}
