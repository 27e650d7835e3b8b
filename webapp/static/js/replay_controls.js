import { neighbour, repAt, rows } from "./rep_table.js";

const RATES = [0.5, 1, 2];

/**
 * Buttons, scrub bar and keys of a replay. Keys work while the focus is within the replay, and not while it is in a field.
 * @param {HTMLElement} card @param {import("./replay_clock.js").ReplayClock} clock
 */
export function control(card, clock) {
  const place = /** @type {HTMLElement} */ (card.querySelector("[data-controls]"));
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (place.querySelector(`[data-${name}]`));
  const scrub = /** @type {HTMLInputElement} */ (part("scrub"));
  place.hidden = false;
  part("play").addEventListener("click", () => clock.toggle());
  part("previous").addEventListener("click", () => step(clock, -1));
  part("next").addEventListener("click", () => step(clock, 1));
  scrub.addEventListener("input", () => clock.seek(Number(scrub.value)));
  for (const button of rateButtons(place)) button.addEventListener("click", () => clock.setRate(Number(button.dataset.rate)));
  card.tabIndex = -1;
  card.addEventListener("keydown", (event) => press(event, clock));
  clock.listen((moment) => show(place, part, scrub, clock, moment));
}

/** @param {HTMLElement} place @returns {HTMLElement[]} */
const rateButtons = (place) => [.../** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("[data-rate]"))];

/** @param {import("./replay_clock.js").ReplayClock} clock @param {1 | -1} way */
function step(clock, way) {
  const to = neighbour(rows(), clock.moment.t, way);
  if (to !== undefined) clock.seek(to);
  else if (way < 0) clock.seek(0);
}

/** @param {KeyboardEvent} event @param {import("./replay_clock.js").ReplayClock} clock */
function press(event, clock) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const target = /** @type {HTMLElement} */ (event.target);
  const key = event.key.toLowerCase();
  if (key === " " && target.closest("button, a, label, [type=checkbox]")) return; // it is pressed by that key itself
  const acts = { " ": () => clock.toggle(), j: () => step(clock, -1), l: () => step(clock, 1), s: () => clock.setRate(faster(clock)) };
  const act = acts[/** @type {keyof typeof acts} */ (key)];
  if (!act) return;
  event.preventDefault();
  act();
}

/** @param {import("./replay_clock.js").ReplayClock} clock */
const faster = (clock) => RATES[(RATES.indexOf(clock.moment.rate) + 1) % RATES.length];

/**
 * @param {HTMLElement} place @param {(name: string) => HTMLElement} part @param {HTMLInputElement} scrub
 * @param {import("./replay_clock.js").ReplayClock} clock @param {import("./replay_clock.js").Moment} moment
 */
function show(place, part, scrub, clock, { t, playing, rate }) {
  const rep = repAt(rows(), t);
  const template = (rep ? scrub.dataset.inRep : scrub.dataset.between) ?? "";
  const text = template.replace("{s}", t.toFixed(1)).replace("{rep}", rep?.index ?? "");
  scrub.max = String(clock.endS);
  scrub.value = String(t);
  scrub.setAttribute("aria-valuetext", text);
  part("clock").textContent = text;
  part("play").setAttribute("aria-pressed", String(playing));
  part("when-paused").hidden = playing;
  part("when-playing").hidden = !playing;
  for (const button of rateButtons(place)) button.setAttribute("aria-pressed", String(Number(button.dataset.rate) === rate));
}
