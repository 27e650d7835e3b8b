import uPlot from "../vendor/uPlot.esm.js";

const HEIGHT_PX = 320;
const COLOURS = ["--accent", "--info"];
const DASHES = [[], [9, 5]];

/**
 * What was recorded as a curve in hundredths of the movement, with the phases of each repetition behind it, and the
 * lines that say how it is counted. Where the lines are is asked anew at every drawing.
 */
export class MovementChart {
  /**
   * @param {HTMLElement} place
   * @param {{t_s: number[], curves: Record<string, (number | null)[]>}} data
   * @param {any} texts
   * @param {() => {lines: {level: number, colour: string, dash: number[]}[], bands: {low: number, high: number}[]}} ask
   */
  constructor(place, data, texts, ask) {
    this._place = place;
    this._data = data;
    this._texts = texts;
    this._ask = ask;
    this._reps = /** @type {any[]} */ ([]);
    this.onMade = () => {};
    this._make();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this._again());
    new ResizeObserver(() => this._fit()).observe(place);
  }

  /** @param {any[]} reps when each began, turned, came back */
  mark(reps) {
    this._reps = reps;
    this.redraw();
  }

  redraw() {
    this._chart.redraw(false);
  }

  /** @param {number} level hundredths @returns {number} pixels from the top of the place */
  yOf(level) {
    return this._chart.valToPos(level, "y") + this._chart.over.offsetTop;
  }

  /** @param {number} clientY @returns {number} hundredths */
  levelAt(clientY) {
    return this._chart.posToVal(clientY - this._chart.over.getBoundingClientRect().top, "y");
  }

  /** The right edge of the curve, pixels from the right of the place. */
  get right() {
    const { over } = this._chart;
    return this._place.clientWidth - over.offsetLeft - over.clientWidth;
  }

  _make() {
    const { t_s: times, curves } = this._data;
    const names = Object.keys(curves);
    const axis = { stroke: token("--ink-soft"), grid: { stroke: token("--line"), width: 1 }, font: "14px sans-serif" };
    const highest = Math.max(115, ...Object.values(curves).flat().map((value) => value ?? 0));
    this._chart = new uPlot(
      {
        width: this._place.clientWidth,
        height: HEIGHT_PX,
        padding: [12, 116, 0, 0], // room for the handles' words
        cursor: { show: false },
        legend: { show: names.length > 1, live: false },
        scales: { x: { time: false }, y: { range: [-12, highest + 8] } },
        axes: [{ ...axis, label: this._texts.seconds, labelSize: 22 }, { ...axis, label: this._texts.share, labelSize: 22 }],
        series: [{}, ...names.map((name, index) => ({ label: this._texts[name], stroke: token(COLOURS[index]), width: 2, dash: DASHES[index] }))],
        hooks: { drawClear: [(chart) => this._shade(chart)], draw: [(chart) => this._lines(chart)] },
      },
      [times, ...names.map((name) => curves[name])],
      this._place,
    );
  }

  _again() {
    this._chart.destroy();
    this._make();
    this.onMade();
  }

  _fit() {
    this._chart.setSize({ width: this._place.clientWidth, height: HEIGHT_PX });
    this.onMade();
  }

  /** Goal bands, and out, turn and back of each repetition, named along the upper edge. */
  _shade(chart) {
    const { ctx, bbox } = chart;
    const x = (/** @type {number} */ t) => chart.valToPos(t, "x", true);
    const y = (/** @type {number} */ level) => chart.valToPos(level, "y", true);
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    ctx.textBaseline = "top";
    ctx.textAlign = "center";
    ctx.font = `${12 * devicePixelRatio}px sans-serif`;
    ctx.fillStyle = token("--good-soft");
    for (const { low, high } of this._ask().bands) ctx.fillRect(bbox.left, y(high), bbox.width, y(low) - y(high));
    const phases = this._reps.flatMap((rep) => [
      { from: x(rep.start), to: x(rep.reached), word: this._texts.out },
      { from: x(rep.left), to: x(rep.end), word: this._texts.back },
    ]);
    ctx.globalAlpha = 0.7;
    ctx.fillStyle = token("--surface-sunk");
    for (const { from, to } of phases) ctx.fillRect(from, bbox.top, to - from, bbox.height);
    ctx.globalAlpha = 1;
    ctx.fillStyle = token("--ink-soft");
    for (const { from, to, word } of phases) {
      if (to - from > ctx.measureText(word).width) ctx.fillText(word, (from + to) / 2, bbox.top + bbox.height - 18 * devicePixelRatio);
    }
    ctx.restore();
  }

  _lines(chart) {
    const { ctx, bbox } = chart;
    ctx.save();
    ctx.lineWidth = 2 * devicePixelRatio;
    for (const { level, colour, dash } of this._ask().lines) {
      const y = chart.valToPos(level, "y", true);
      ctx.strokeStyle = token(colour);
      ctx.setLineDash(dash.map((part) => part * devicePixelRatio));
      ctx.beginPath();
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
      ctx.stroke();
    }
    ctx.restore();
  }
}

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
