const DRAW_EVERY_MS = 66; // a demonstration needs no more, and old laptops have no graphics card to spare

/** Calls back once per screen frame. */
export class Ticker {
  /** @param {(nowMs: number, draw: boolean) => void} onTick `draw` at most fifteen times a second */
  constructor(onTick) {
    this._onTick = onTick;
    this._drawnMs = -Infinity;
    this._next = this._next.bind(this);
    this._going = true;
    requestAnimationFrame(this._next);
  }

  stop() {
    this._going = false;
  }

  /** @param {number} nowMs */
  _next(nowMs) {
    if (!this._going) return;
    const draw = nowMs - this._drawnMs >= DRAW_EVERY_MS - 2;
    if (draw) this._drawnMs = nowMs;
    this._onTick(nowMs, draw);
    requestAnimationFrame(this._next);
  }
}
