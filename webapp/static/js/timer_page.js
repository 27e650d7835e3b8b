import { fill } from "./cue_board.js";
import { Ghost } from "./ghost.js";
import { SetTimer } from "./set_timer.js";
import { Ticker } from "./ticker.js";
import { Voice } from "./voice.js";

/** Without a camera: the figure and the voice lead, and what was done is entered at the end. */
class TimerPage {
  /** @param {HTMLElement} root @param {any} data */
  constructor(root, data) {
    this.root = root;
    this.data = data;
    this.voice = new Voice(data.language);
    this.timer = new SetTimer(data.dose);
    this.still = matchMedia("(prefers-reduced-motion: reduce)").matches || data.still;
    this.ghost = /** @type {Ghost | null} */ (null);
    this.said = "";
    for (const [name, act] of Object.entries({ go: () => this._toggle(), skip: () => this.timer.skip(), end: () => this._end() })) {
      this._el(name).addEventListener("click", act);
    }
    fetch(data.movement)
      .then((answer) => answer.json())
      .then((reference) => (this.ghost = new Ghost(reference, data.dose.period_s)))
      .catch(() => {}); // it leads without a figure
    new Ticker((nowMs, draw) => this._tick(nowMs, draw));
  }

  /** @param {string} name @returns {any} */
  _el(name) {
    return this.root.querySelector(`[data-el=${name}]`);
  }

  _toggle() {
    if (this.timer.running) this.timer.pause();
    else this.timer.start();
    this._el("go-label").textContent = this.timer.running ? this.data.texts.pause : this.data.texts.go_on;
  }

  /** @param {number} nowMs @param {boolean} draw */
  _tick(nowMs, draw) {
    const moment = this.timer.at(nowMs);
    this._show(moment);
    this._say(moment);
    if (moment.state === "done" && this._el("form").hidden) this._end();
    const colours = getComputedStyle(this.root);
    const [near, far] = ["--accent", "--line-strong"].map((name) => colours.getPropertyValue(name).trim());
    if (draw) this.ghost?.demonstrate(this._el("demo"), this.timer.share * 1000 * this.data.dose.period_s, this.still, { near, far }, true);
  }

  /** @param {import("./set_timer.js").Moment} moment */
  _show({ state, set, rep, seconds }) {
    const { texts, dose } = this.data;
    const resting = state === "resting";
    const number = resting || dose.reps <= 1 ? seconds : rep;
    write(this._el("number"), String(number));
    write(this._el("of"), resting ? texts.rest : fill(dose.reps <= 1 ? texts.seconds : texts.of, { goal: dose.reps <= 1 ? dose.hold_s : dose.reps }));
    write(this._el("set"), fill(texts.set_of, { set, sets: dose.sets }));
  }

  /** Each thing once. @param {import("./set_timer.js").Moment} moment */
  _say({ state, set, rep }) {
    const key = `${state}:${set}:${state === "moving" ? rep : ""}`;
    if (key === this.said) return;
    this.said = key;
    const { texts } = this.data;
    if (state === "moving") this.voice.say(key, rep ? String(rep) : texts.begin, { urgent: !rep });
    if (state === "resting") this.voice.say(key, texts.rest_say, { urgent: true });
    if (state === "done") this.voice.say(key, texts.done, { urgent: true });
  }

  _end() {
    this.timer.pause();
    this._el("lead").hidden = true;
    this._el("form").hidden = false;
    this._el("form").querySelector("[name=sets]").value = Math.max(1, this.timer.done);
    this._el("form").querySelector("h2").focus();
  }
}

/** @param {HTMLElement} element @param {string} text */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

const root = /** @type {HTMLElement} */ (document.getElementById("timer"));
new TimerPage(root, JSON.parse(/** @type {HTMLElement} */ (document.getElementById("timer-data")).textContent ?? "{}"));
