const RADIUS = 52;
const AROUND = 2 * Math.PI * RADIUS;
const GOOD = 1;
const STOP_MS = 1500;

/** The ring that fills to the target. Three states, each with a shape and a word: on the way, reached, too far. */
export class Gauge {
  /**
   * @param {SVGElement} svg with a `.fill` circle and a `.bar`
   * @param {HTMLElement} word
   * @param {{further: string, good: string, stop: string}} texts
   */
  constructor(svg, word, texts) {
    this._svg = svg;
    this._fill = /** @type {SVGCircleElement} */ (svg.querySelector(".fill"));
    this._word = word;
    this._texts = texts;
    this._stopUntilMs = 0;
    this._fill.setAttribute("stroke-dasharray", String(AROUND));
    this.show(0, 0);
  }

  /** A limit was passed: say so for a moment. @param {number} nowMs */
  tooFar(nowMs) {
    this._stopUntilMs = nowMs + STOP_MS;
  }

  /** @param {number} progress 0 at the start, 1 at the target @param {number} nowMs */
  show(progress, nowMs) {
    const share = Math.min(1, Math.max(0, progress));
    const state = nowMs < this._stopUntilMs ? "stop" : progress >= GOOD ? "good" : "further";
    this._fill.setAttribute("stroke-dashoffset", String(AROUND * (1 - share)));
    if (this._svg.dataset.state === state) return;
    this._svg.dataset.state = state;
    this._word.textContent = state === "further" ? "" : this._texts[state];
  }
}
