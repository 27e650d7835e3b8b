/** Seconds since the session began. Runs on the page's monotonic clock, so that a change of the wall clock is not seen. */
export class SessionClock {
  /**
   * @param {number} lastT seconds of the last moment already numbered, 0 for a new session
   * @param {number} elapsed seconds since the session began, by the server's clock
   * @param {number} [nowMs] `performance.now()`
   */
  constructor(lastT, elapsed, nowMs = performance.now()) {
    this._last = lastT;
    this._zeroMs = nowMs - 1000 * Math.max(elapsed, lastT + 0.05);
  }

  /**
   * The session time of a moment of this page; never the same twice, never backwards.
   * @param {number} [atMs] `performance.now()` then
   * @returns {number}
   */
  at(atMs = performance.now()) {
    this._last = Math.max(this._last + 0.001, (atMs - this._zeroMs) / 1000);
    return this._last;
  }
}
