const RADIUS = 55;
const AROUND = 2 * Math.PI * RADIUS;
const OPEN = 0.94; // a ring that is not reached is never closed, however far the movement went
const STOP_MS = 1500;

/** The ring that fills to the target. Three states, each with a shape and a word: on the way, reached, too far. */
export class Gauge {
  /**
   * @param {SVGElement} svg with a `.fill` circle and a `.bar`
   * @param {HTMLElement} word
   * @param {{good: string, stop: string}} texts
   */
  constructor(svg, word, texts) {
    this._svg = svg;
    this._fill = /** @type {SVGCircleElement} */ (svg.querySelector(".fill"));
    this._word = word;
    this._texts = texts;
    this._stopUntilMs = 0;
    this._fill.setAttribute("stroke-dasharray", String(AROUND));
    this.show(0, false, 0);
  }

  /** A limit was passed: say so for a moment. @param {number} nowMs */
  tooFar(nowMs) {
    this._stopUntilMs = nowMs + STOP_MS;
  }

  /**
   * @param {number} progress 0 at the start, 1 at the target
   * @param {boolean} good the movement will be judged correct: by the server, so that ring and verdict never differ
   * @param {number} nowMs
   */
  show(progress, good, nowMs) {
    const share = good ? 1 : Math.min(OPEN, Math.max(0, progress));
    const state = nowMs < this._stopUntilMs ? "stop" : good ? "good" : "further";
    this._fill.setAttribute("stroke-dashoffset", String(AROUND * (1 - share)));
    if (this._svg.dataset.state === state) return;
    this._svg.dataset.state = state;
    this._word.textContent = state === "further" ? "" : this._texts[state];
  }
}
