/**
 * @typedef {object} Moment
 * @property {number} t seconds of the session
 * @property {boolean} playing
 * @property {number} rate
 */

/**
 * The one time of a replay. Figure, curve, table and controls listen to it; whoever is touched tells it where to go, and
 * they all follow.
 */
export class ReplayClock {
  /**
   * @param {number} endS the last second
   * @param {{now: () => number, frame: (go: () => void) => unknown}} [ticker] milliseconds, and a call before the next picture
   */
  constructor(endS, ticker = { now: () => performance.now(), frame: (go) => requestAnimationFrame(go) }) {
    this._endS = endS;
    this._ticker = ticker;
    this._moment = /** @type {Moment} */ ({ t: 0, playing: false, rate: 1 });
    this._listeners = /** @type {((moment: Moment) => void)[]} */ ([]);
    this._run = 0;
  }

  get endS() {
    return this._endS;
  }

  get moment() {
    return this._moment;
  }

  /** @param {(moment: Moment) => void} hear called now, and at each change */
  listen(hear) {
    this._listeners.push(hear);
    hear(this._moment);
  }

  /** @param {number} endS when it becomes known that the session was longer */
  reach(endS) {
    this._endS = Math.max(this._endS, endS);
    this._tell({});
  }

  /** @param {number} t */
  seek(t) {
    this._tell({ t: Math.min(Math.max(0, t), this._endS) });
  }

  /** @param {number} rate 1 is as it was */
  setRate(rate) {
    this._tell({ rate });
  }

  toggle() {
    if (this._moment.playing) this.pause();
    else this.play();
  }

  pause() {
    this._run += 1; // what is under way ends with its next tick
    this._tell({ playing: false });
  }

  /** On from here; from the beginning when it stands at the end. */
  play() {
    const run = (this._run += 1);
    const from = this._moment.t >= this._endS ? 0 : this._moment.t;
    this._tell({ t: from, playing: true });
    let before = this._ticker.now();
    const tick = () => {
      if (run !== this._run) return;
      const now = this._ticker.now();
      const t = this._moment.t + ((now - before) / 1000) * this._moment.rate;
      before = now;
      if (t >= this._endS) {
        this._tell({ t: this._endS });
        this.pause();
        return;
      }
      this._tell({ t });
      this._ticker.frame(tick);
    };
    this._ticker.frame(tick);
  }

  /** @param {Partial<Moment>} change */
  _tell(change) {
    this._moment = { ...this._moment, ...change };
    for (const hear of this._listeners) hear(this._moment);
  }
}
