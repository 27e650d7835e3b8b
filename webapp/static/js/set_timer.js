/**
 * Sets, repetitions and rests by the clock, for who exercises without a camera. Counts nobody: it leads.
 * @typedef {{sets: number, reps: number, hold_s: number, rest_s: number, period_s: number}} Dose `reps` 0 or 1 with a hold: one hold
 * @typedef {{state: "waiting" | "moving" | "resting" | "done", set: number, rep: number, seconds: number}} Moment
 */
export class SetTimer {
  /** @param {Dose} dose */
  constructor(dose) {
    this._dose = dose;
    this._held = dose.hold_s > 0 && dose.reps <= 1;
    this._elapsedMs = 0;
    this._lastMs = /** @type {number | null} */ (null);
    this._running = false;
    this._state = /** @type {Moment["state"]} */ ("waiting");
    this._set = 1;
  }

  start() {
    if (this._state === "waiting") this._enter("moving");
    this._running = true;
    this._lastMs = null;
  }

  pause() {
    this._running = false;
  }

  get running() {
    return this._running;
  }

  /** The set is done now, or the rest over. */
  skip() {
    if (this._state === "moving") this._setDone();
    else if (this._state === "resting") this._nextSet();
  }

  /** @param {number} nowMs @returns {Moment} */
  at(nowMs) {
    if (this._running && this._lastMs !== null) this._elapsedMs += nowMs - this._lastMs;
    this._lastMs = nowMs;
    const seconds = this._elapsedMs / 1000;
    if (this._state === "moving" && seconds >= this._setS) this._setDone();
    else if (this._state === "resting" && seconds >= this._dose.rest_s) this._nextSet();
    return this._moment();
  }

  /** How far through a repetition, 0..1, for the figure. */
  get share() {
    return this._state === "moving" && !this._held ? (this._elapsedMs / 1000 / this._dose.period_s) % 1 : 0;
  }

  /** Sets that are done. */
  get done() {
    return this._state === "done" ? this._dose.sets : this._set - (this._state === "resting" ? 0 : 1);
  }

  get _setS() {
    return this._held ? this._dose.hold_s : this._dose.reps * this._dose.period_s;
  }

  _setDone() {
    if (this._set >= this._dose.sets) return this._enter("done");
    this._enter("resting");
  }

  _nextSet() {
    this._set += 1;
    this._enter("moving");
  }

  /** @param {Moment["state"]} state */
  _enter(state) {
    this._state = state;
    this._elapsedMs = 0;
    if (state === "done") this._running = false;
  }

  /** @returns {Moment} */
  _moment() {
    const seconds = this._elapsedMs / 1000;
    const rep = this._held ? 0 : Math.min(this._dose.reps, Math.floor(seconds / this._dose.period_s));
    const whole = this._state === "resting" ? this._dose.rest_s - seconds : this._held ? seconds : 0;
    return { state: this._state, set: this._set, rep, seconds: Math.max(0, Math.ceil(whole)) };
  }
}
