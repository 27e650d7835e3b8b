import { Ghost } from "./ghost.js";
import { LevelHandles } from "./level_handles.js";
import { MovementChart } from "./movement_chart.js";
import { Ticker } from "./ticker.js";

const CHECK_AFTER_MS = 400;
const LOOKS = {
  enter: { colour: "--info", dash: [6, 4] },
  back: { colour: "--short", dash: [2, 4] },
  turn: { colour: "--accent", dash: [] },
  goal: { colour: "--good", dash: [10, 3, 2, 3] },
};

/** What was learned, to be looked at and adjusted: each change is tried on the recording by the server. */
class ShapePage {
  /** @param {HTMLFormElement} form @param {any} data */
  constructor(form, data) {
    this.form = form;
    this.data = data;
    this.asked = 0;
    this.timer = 0;
    this.chart = /** @type {MovementChart | null} */ (null);
    this.handles = /** @type {LevelHandles | null} */ (null);
    this.still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    form.addEventListener("input", () => this._changed());
    this._draw().catch(() => this._tell({ right: false, said: data.texts.not_drawn }));
    this._show().catch(() => {}); // the curve says enough without the figure
  }

  /** @param {string} name @returns {any} */
  _el(name) {
    return this.form.querySelector(`[data-el=${name}]`);
  }

  /** @param {string} name @returns {HTMLInputElement} */
  _field(name) {
    return /** @type {HTMLInputElement} */ (this.form.elements.namedItem(name));
  }

  /** @param {string} name */
  _value(name) {
    return Number(this._field(name).value);
  }

  async _draw() {
    this.curve = await json(this.data.curve);
    this.chart = new MovementChart(this._el("chart"), this.curve, this.data.texts, () => this._lines());
    this.handles = new LevelHandles(this._el("chart"), this.chart, this._levels(), () => this._changed());
    this.chart.onMade = () => this.handles?.place();
    this._tell(this.curve.verdict);
  }

  /** @returns {import("./level_handles.js").Level[]} */
  _levels() {
    const level = (/** @type {string} */ name, /** @type {(v: number) => number} */ toLevel, /** @type {(l: number) => number} */ toValue) => {
      const field = this._field(name);
      return { name, field, label: label(field), toLevel, toValue };
    };
    // setting out is a share of what is asked for, coming back of the whole, wherever these end
    const [asked, whole] = [() => this._asked(), () => this._value("turn") / 100];
    const shares = [
      level("enter", (value) => value * asked(), (at) => at / asked()),
      level("back", (value) => value * whole(), (at) => at / whole()),
    ];
    const goals = Object.entries(this.curve.places).map(([angle, { at, per_deg: per }]) =>
      level(`default.${angle}`, (deg) => at + per * deg, (place) => (place - at) / per),
    );
    return [level("turn", (value) => value, (at) => at), ...shares, ...goals];
  }

  /** The whole movement, or the goal where that asks for less; a share of what was shown. */
  _asked() {
    const [first] = Object.entries(this.curve.places);
    const whole = this._value("turn") / 100;
    if (!first) return whole;
    const [angle, { at, per_deg: per }] = first;
    return Math.max(0.05, Math.min(whole, (at + per * this._value(`default.${angle}`)) / 100));
  }

  _lines() {
    const whole = this._value("turn") / 100;
    const places = Object.entries(this.curve.places);
    const at = (/** @type {any} */ place, /** @type {string} */ name) => place.at + place.per_deg * this._value(name);
    const goals = places.map(([angle, place]) => ({ level: at(place, `default.${angle}`), ...LOOKS.goal }));
    const bands = places.map(([angle, place]) => {
      const ends = [at(place, `min.${angle}`), at(place, `max.${angle}`)];
      return { low: Math.min(...ends), high: Math.max(...ends) };
    });
    return {
      lines: [
        { level: 100 * whole, ...LOOKS.turn },
        { level: this._value("enter") * this._asked(), ...LOOKS.enter },
        { level: this._value("back") * whole, ...LOOKS.back },
        ...goals,
      ],
      bands,
    };
  }

  _changed() {
    this.chart?.redraw();
    this.handles?.place();
    this._el("said").textContent = this.data.texts.checking;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this._check(), CHECK_AFTER_MS);
    this.ghost?.last(this._period());
  }

  async _check() {
    const number = (this.asked += 1);
    try {
      const found = await json(this.data.check, { method: "POST", body: new FormData(this.form) });
      if (number === this.asked) this._tell(found);
    } catch {
      if (number === this.asked) this._tell({ right: false, said: this.data.texts.failed });
    }
  }

  /** @param {{right: boolean, said: string, reps?: any[] | null}} found */
  _tell({ right, said, reps }) {
    const notice = this._el("verdict");
    notice.className = `notice ${right ? "good" : "problem"}`;
    const icon = this._el("verdict-icon");
    icon.setAttribute("href", icon.getAttribute("href").replace(/#.*/, right ? "#circle-check" : "#circle-alert"));
    this._el("said").textContent = said;
    if (reps) this.chart?.mark(reps);
  }

  _period() {
    return ["out_s", "hold_s", "back_s"].reduce((sum, name) => sum + this._value(name), 0);
  }

  async _show() {
    this.ghost = new Ghost(await json(this.data.movement), this._period());
    const canvas = this._el("figure");
    new Ticker((nowMs, draw) => {
      const style = getComputedStyle(canvas);
      const [near, far] = ["--accent", "--line-strong"].map((name) => style.getPropertyValue(name).trim());
      if (draw) this.ghost?.demonstrate(canvas, nowMs, this.still, { near, far }, false);
    });
  }
}

/** A word for a field where there is little room. @param {HTMLInputElement} field */
function label(field) {
  return field.dataset.short ?? "";
}

/** @param {string} address @param {RequestInit} [how] */
async function json(address, how = {}) {
  const answer = await fetch(address, { ...how, headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

const form = /** @type {HTMLFormElement} */ (document.getElementById("shape"));
new ShapePage(form, JSON.parse(/** @type {HTMLElement} */ (document.getElementById("shape-data")).textContent ?? "{}"));
