/** The replay of a session: one clock, and figure, curve and table that listen to it. */

import { AngleChart } from "./angle_chart.js";
import { Film } from "./film.js";
import { follow, rows } from "./rep_table.js";
import { ReferenceFilm } from "./reference_film.js";
import { ReplayClock } from "./replay_clock.js";
import { control } from "./replay_controls.js";
import { ReplayFigure } from "./replay_figure.js";

const card = /** @type {HTMLElement | null} */ (document.querySelector("[data-replay]"));
if (card) start(card);

/** @param {HTMLElement} card */
function start(card) {
  const clock = new ReplayClock(Math.max(0, ...rows().map((rep) => rep.endS)));
  clock.listen(({ t }) => follow(t));
  const chart = draw(card, clock);
  const figures = /** @type {HTMLElement | null} */ (card.querySelector("[data-film]"));
  if (figures) project(card, figures, clock).catch(() => part(card, "film-failed").removeAttribute("hidden"));
  document.addEventListener("click", (event) => seekTo(event, card, clock));
  document.addEventListener("focusin", (event) => fillNow(/** @type {HTMLElement} */ (event.target), clock));
  document.addEventListener("htmx:afterSwap", () => {
    clock.seek(clock.moment.t); // the new table is to show where we are
    chart.then((drawn) => drawn?.remark(rows()));
  });
  openAt(clock);
  addEventListener("hashchange", () => openAt(clock));
}

/** @param {HTMLElement} card @param {ReplayClock} clock @returns {Promise<AngleChart | null>} */
async function draw(card, clock) {
  const place = /** @type {HTMLElement} */ (card.querySelector("[data-angles]"));
  try {
    const answer = await fetch(place.dataset.angles ?? "", { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`angles: ${answer.status}`);
    const data = await answer.json();
    part(card, "chart-source").textContent = data.source;
    clock.reach(data.t_s[data.t_s.length - 1] ?? 0);
    const chart = new AngleChart(place, data, (t) => clock.seek(t));
    chart.remark(rows());
    clock.listen(({ t }) => chart.moveTo(t));
    return chart;
  } catch {
    place.textContent = place.dataset.failed ?? "";
    return null;
  }
}

/** The patient's figure and, when asked for, the reference beside it. @param {HTMLElement} card @param {HTMLElement} figures @param {ReplayClock} clock */
async function project(card, figures, clock) {
  const answer = await fetch(figures.dataset.film ?? "");
  if (!answer.ok) throw new Error(`film: ${answer.status}`);
  const film = new Film(await answer.arrayBuffer());
  const figure = new ReplayFigure(canvas(figures, "figure"), film, () => colours("--accent"));
  clock.reach(film.endS);
  control(card, clock);
  clock.listen(({ t }) => (part(card, "nobody").hidden = figure.draw(t)));
  onNewLook(figures, () => clock.seek(clock.moment.t));
  await offerReference(card, figures, clock);
}

/** @param {HTMLElement} card @param {HTMLElement} figures @param {ReplayClock} clock */
async function offerReference(card, figures, clock) {
  const answer = await fetch(figures.dataset.reference ?? "");
  if (!answer.ok) return; // nothing was compared: the switch stays off
  const figure = new ReplayFigure(canvas(figures, "figure-reference"), new ReferenceFilm(await answer.json()), () => colours("--info"));
  const show = /** @type {HTMLInputElement} */ (part(card, "show-reference"));
  const beside = part(card, "beside");
  show.disabled = false;
  show.addEventListener("change", () => {
    beside.hidden = !show.checked;
    clock.seek(clock.moment.t);
  });
  clock.listen(({ t }) => beside.hidden || figure.draw(t));
}

/** A link to a moment, or a row of the table. @param {Event} event @param {HTMLElement} card @param {ReplayClock} clock */
function seekTo(event, card, clock) {
  const link = /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (event.target).closest("[data-seek]"));
  if (!link) return;
  clock.seek(Number(link.dataset.seek));
  event.preventDefault(); // the table stays where it is; the address still says which
  const hash = link.getAttribute("href");
  if (hash) history.replaceState(null, "", hash);
  if (!card.querySelector("[data-film]")) return;
  const motion = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  card.scrollIntoView({ block: "nearest", behavior: motion });
}

/** The form for a missed repetition begins with the moment that is shown. @param {HTMLElement} field @param {ReplayClock} clock */
function fillNow(field, clock) {
  if (field instanceof HTMLInputElement && "now" in field.dataset && !field.value) field.value = clock.moment.t.toFixed(1);
}

/** An address that ends in #rep-7 begins there. @param {ReplayClock} clock */
function openAt(clock) {
  const rep = rows().find(({ row }) => row.id && `#${row.id}` === location.hash);
  if (rep) clock.seek(rep.startS);
}

/** Draw again when the size or the colours change. @param {HTMLElement} figures @param {() => void} again */
function onNewLook(figures, again) {
  new ResizeObserver(again).observe(figures);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
}

/** @param {HTMLElement} root @param {string} name @returns {HTMLElement} */
const part = (root, name) => /** @type {HTMLElement} */ (root.querySelector(`[data-${name}]`));

/** @param {HTMLElement} root @param {string} name @returns {HTMLCanvasElement} */
const canvas = (root, name) => /** @type {HTMLCanvasElement} */ (root.querySelector(`canvas[data-${name}]`));

/** @param {string} near a token @returns {{near: string, far: string}} */
function colours(near) {
  const style = getComputedStyle(document.documentElement);
  return { near: style.getPropertyValue(near).trim(), far: style.getPropertyValue("--line-strong").trim() };
}
