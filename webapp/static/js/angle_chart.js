/**
 * The angles of a session over time, with the target as a dashed line and the limit as a solid one. Colours come from
 * the page's tokens; each curve has a name and a dash pattern of its own, so that colour is not the only sign.
 */

import uPlot from "../vendor/uPlot.esm.js";

const DASHES = [[], [8, 4], [2, 4], [10, 3, 2, 3]];
const COLOURS = ["--accent", "--info", "--short", "--good"];

const place = document.querySelector("[data-angles]");
if (place) show(place).catch(() => (place.textContent = place.dataset.failed));

/** @param {HTMLElement} place */
async function show(place) {
  const answer = await fetch(place.dataset.angles, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`angles: ${answer.status}`);
  const data = await answer.json();
  document.querySelector("[data-chart-source]").textContent = data.source;
  let chart = make(place, data);
  const again = () => {
    chart.destroy();
    chart = make(place, data);
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  new ResizeObserver(() => chart.setSize(size(place))).observe(place);
}

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
        { label: words.seconds, value: (_, s) => (s === null ? "–" : s.toFixed(1)) },
        ...data.curves.map((curve, index) => ({
          label: curve.name,
          stroke: token(COLOURS[index % COLOURS.length]),
          width: 2,
          dash: DASHES[index % DASHES.length],
          value: (_, deg) => (deg === null ? "–" : `${Math.round(deg)}°`),
        })),
        ...bounds(data, words),
      ],
    },
    [data.t_s, ...data.curves.map((curve) => curve.deg), ...boundValues(data)],
    place,
  );
}

function bounds(data, words) {
  const line = (label, colour, dash) => ({ label, stroke: token(colour), width: 1.5, dash, points: { show: false } });
  return [
    ...(data.target_deg === null ? [] : [line(words.target, "--ink-soft", [6, 6])]),
    ...(data.limit_deg === null ? [] : [line(words.limit, "--over", [])]),
  ];
}

function boundValues(data) {
  return [data.target_deg, data.limit_deg].filter((deg) => deg !== null).map((deg) => data.t_s.map(() => deg));
}

const size = (place) => ({ width: place.clientWidth, height: 300 });
const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
