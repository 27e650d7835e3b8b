const BACK_MS = 2000;

/** The time of a demonstration: it can be halted and wound back. */
export class DemoClock {
  constructor() {
    this._atMs = 0;
    this._lastMs = /** @type {number | null} */ (null);
    this.playing = true;
    /** Whether somebody pressed play: then it plays also for who asked for less motion. */
    this.asked = false;
  }

  /** @param {number} nowMs @returns {number} milliseconds of the demonstration */
  at(nowMs) {
    if (this._lastMs !== null && this.playing) this._atMs += nowMs - this._lastMs;
    this._lastMs = nowMs;
    return this._atMs;
  }

  toggle() {
    this.playing = !this.playing;
    this.asked = this.playing;
  }

  back() {
    this._atMs = Math.max(0, this._atMs - BACK_MS);
  }
}
