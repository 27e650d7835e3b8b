/**
 * The angles of a session over time: the target as a shaded band, the limit as a line, a mark at each repetition's turn
 * that is filled when the target was reached. The target's own angle is drawn; the others wait in the legend. Colours
 * come from the page's tokens; each curve has a name and a dash pattern of its own, so that colour is not the only sign.
 */

import uPlot from "../vendor/uPlot.esm.js";

const MAIN = [["--accent", []], ["--info", [9, 5]]];
const OTHERS = [["--short", [2, 4]], ["--ink-soft", [10, 3, 2, 3]], ["--over", [4, 4]], ["--line-strong", [1, 3]]];
const MARK_PX = 5;
/** Seconds as the reader writes them, in the digits of the rest of the page. */
const SECONDS = new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`, {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** The chart of a session's angles, with a line at the moment that is shown. */
export class AngleChart {
  /**
   * @param {HTMLElement} place @param {any} data as the server sends it
   * @param {(t: number) => void} onPick called with the second that was clicked
   */
  constructor(place, data, onPick) {
    this._place = place;
    this._data = data;
    this._t = 0;
    this._head = document.createElement("div");
    this._head.className = "playhead";
    this._onPick = onPick;
    this._make();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this._again());
    new ResizeObserver(() => this._fit()).observe(place);
  }

  /** @param {number} t seconds */
  moveTo(t) {
    this._t = t;
    this._head.style.transform = `translateX(${this._chart.valToPos(t, "x")}px)`;
    this._head.dataset.t = t.toFixed(2);
  }

  /** @param {{t: number, verdict: string}[]} reps as they are judged now */
  remark(reps) {
    this._data.reps = reps.filter((rep) => rep.verdict !== "none").map((rep) => ({ t_s: rep.t, verdict: rep.verdict }));
    this._chart.redraw(false); // marks only: the scales stay
  }

  _make() {
    this._chart = make(this._place, this._data);
    this._chart.over.append(this._head);
    this._chart.over.addEventListener("click", () => {
      const left = this._chart.cursor.left;
      if (left !== undefined && left >= 0) this._onPick(this._chart.posToVal(left, "x"));
    });
    this.moveTo(this._t);
  }

  _again() {
    this._chart.destroy();
    this._make();
  }

  _fit() {
    this._chart.setSize(size(this._place));
    this.moveTo(this._t);
  }
}

/** @param {HTMLElement} place @param {any} data @returns {any} a uPlot */
function make(place, data) {
  const words = place.dataset;
  const axis = { stroke: token("--ink-soft"), grid: { stroke: token("--line"), width: 1 }, font: "14px sans-serif" };
  return new uPlot(
    {
      ...size(place),
      scales: { x: { time: false } },
      axes: [
        { ...axis, label: words.seconds, labelSize: 22 },
        { ...axis, label: words.degrees, labelSize: 22, values: (_, marks) => marks.map((deg) => `${deg}°`) },
      ],
      series: [
        { label: words.seconds, value: (_, s) => (s === null ? "–" : SECONDS.format(s)) },
        ...data.curves.map((curve, index) => line(curve, style(data.curves, index))),
        ...limit(data, words),
      ],
      hooks: { drawClear: [(chart) => shade(chart, data)], draw: [(chart) => mark(chart, data)] },
    },
    [data.t_s, ...data.curves.map((curve) => curve.deg), ...limitValues(data)],
    place,
  );
}

function line(curve, [colour, dash]) {
  const value = (_, deg) => (deg === null ? "–" : `${Math.round(deg)}°`);
  return { label: curve.name, stroke: token(colour), width: 2, dash, value, show: curve.main };
}

function style(curves, index) {
  const [kind, ways] = curves[index].main ? ["main", MAIN] : ["other", OTHERS];
  const before = curves.slice(0, index).filter((curve) => curve.main === (kind === "main")).length;
  return ways[before % ways.length];
}

/** The band in which the target counts as reached. */
function shade(chart, { target_deg: target, slack_deg: slack }) {
  if (target === null) return;
  const { ctx, bbox } = chart;
  const [top, bottom] = [target + slack, target - slack].map((deg) => chart.valToPos(deg, "y", true));
  ctx.save();
  ctx.fillStyle = token("--accent-soft");
  ctx.fillRect(bbox.left, top, bbox.width, bottom - top);
  ctx.restore();
}

/** A ring at the turn of each repetition, along the lower edge; filled: as prescribed. */
function mark(chart, data) {
  const { ctx, bbox } = chart;
  const colours = { correct: "--good", incomplete: "--short", faulty: "--over" };
  ctx.save();
  ctx.lineWidth = 2 * devicePixelRatio;
  ctx.setLineDash([]); // a curve may have left its own
  for (const rep of data.reps) {
    ctx.strokeStyle = ctx.fillStyle = token(colours[rep.verdict] ?? "--ink-soft");
    ctx.beginPath();
    ctx.arc(chart.valToPos(rep.t_s, "x", true), bbox.top + bbox.height - 2 * MARK_PX * devicePixelRatio, MARK_PX * devicePixelRatio, 0, 7);
    if (rep.verdict === "correct") ctx.fill();
    else ctx.stroke();
  }
  ctx.restore();
}

function limit(data, words) {
  if (data.limit_deg === null) return [];
  return [{ label: words.limit, stroke: token("--over"), width: 1.5, points: { show: false } }];
}

const limitValues = (data) => (data.limit_deg === null ? [] : [data.t_s.map(() => data.limit_deg)]);

const size = (place) => ({ width: place.clientWidth, height: 300 });
const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
