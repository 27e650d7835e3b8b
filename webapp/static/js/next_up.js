import { fill } from "./cue_board.js";

const WAIT_S = 20;

/** After an exercise: the next one begins by itself after a while, at once, or not at all, as the patient likes. */
export class NextUp {
  /**
   * @param {{name: string, url: string}} next @param {string} text with {name} and {seconds}
   * @param {import("./live_view.js").LiveView} view @param {{go: () => void, stay: () => void}} on
   */
  constructor(next, text, view, on) {
    this._next = next;
    this._text = text;
    this._view = view;
    this._on = on;
    this._untilMs = /** @type {number | null} */ (null);
  }

  /** @param {number} nowMs */
  begin(nowMs) {
    this._untilMs = nowMs + 1000 * WAIT_S;
    this._view.go("next");
  }

  get running() {
    return this._untilMs !== null;
  }

  /** @param {number} nowMs */
  tick(nowMs) {
    if (this._untilMs === null) return;
    const seconds = Math.max(0, Math.ceil((this._untilMs - nowMs) / 1000));
    this._view.write("next-text", fill(this._text, { name: this._next.name, seconds }));
    if (seconds === 0) this.go();
  }

  go() {
    this._untilMs = null;
    this._on.go();
  }

  stay() {
    this._untilMs = null;
    this._on.stay();
  }
}
