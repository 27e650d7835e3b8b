/**
 * Dose and targets of one exercise: the slider, the number beside it and the drawn joint show the same value, whichever
 * is moved. The joint has two handles: a round one for the goal, a square one for the limit; both can be dragged, and
 * moved with the arrow keys. Listens on the document, so that editors which htmx puts in later work as well.
 */

import { degreesUnder, draw } from "./joint_arc.js";

/** How far each key moves a handle, degrees. @type {Record<string, number>} */
const KEYS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

document.addEventListener("input", (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  const pair = field.closest("[data-pair]");
  if (pair) twin(pair, field).value = field.value;
  const joint = field.closest("[data-joint]");
  if (joint) redraw(joint);
});

document.addEventListener("pointerdown", (event) => {
  const handle = /** @type {Element} */ (event.target).closest("[data-handle]");
  const joint = handle?.closest("[data-joint]");
  if (!joint) return;
  event.preventDefault();
  handle.focus();
  const svg = joint.querySelector("svg");
  const move = (/** @type {PointerEvent} */ moved) => set(joint, handle.dataset.handle, degreesUnder(svg, moved));
  svg.setPointerCapture(event.pointerId);
  svg.addEventListener("pointermove", move);
  const end = () => svg.removeEventListener("pointermove", move);
  svg.addEventListener("pointerup", end, { once: true });
  svg.addEventListener("pointercancel", end, { once: true });
});

document.addEventListener("keydown", (event) => {
  const handle = /** @type {HTMLElement} */ (event.target).closest?.("[data-handle]");
  const joint = handle?.closest("[data-joint]");
  if (!joint) return;
  const kind = handle.dataset.handle;
  const slider = sliderOf(joint, kind);
  const ends = { Home: slider.min, End: slider.max };
  const wanted = event.key in KEYS ? Number(slider.value) + KEYS[event.key] : event.key in ends ? Number(ends[event.key]) : null;
  if (wanted === null) return;
  event.preventDefault(); // the page would scroll
  set(joint, kind, wanted);
});

/** A suggestion is a link that fills the editor in; here it does so without a journey. */
document.addEventListener("click", (event) => {
  const link = /** @type {Element} */ (event.target).closest("[data-fill]");
  const joint = link?.closest("[data-joint]");
  if (!joint) return;
  event.preventDefault();
  set(joint, "target", Number(link.dataset.fill));
  const why = link.closest("form").elements.namedItem("why");
  if (!why.value) why.value = link.dataset.why;
});

/** @param {Element} pair @param {HTMLInputElement} field @returns {HTMLInputElement} */
function twin(pair, field) {
  return [...pair.querySelectorAll("input")].find((other) => other !== field);
}

/** @param {Element} joint @param {string} kind `target` or `limit` @returns {HTMLInputElement} */
function sliderOf(joint, kind) {
  return joint.querySelector(`[data-slider^="${kind}."]`);
}

/** @param {Element} joint @param {string} kind @param {number} deg */
function set(joint, kind, deg) {
  const slider = sliderOf(joint, kind);
  slider.value = String(Math.round(deg)); // the slider keeps it within what may be set
  slider.dispatchEvent(new Event("input", { bubbles: true }));
}

/** @param {HTMLElement} joint */
function redraw(joint) {
  const number = (/** @type {string} */ kind) => Number(sliderOf(joint, kind)?.value);
  const limited = joint.querySelector("[data-limit-on]")?.checked ?? false;
  draw(joint.querySelector("svg"), {
    start: Number(joint.dataset.start),
    target: number("target"),
    limit: limited ? number("limit") : null,
  });
}
