/**
 * Dose and targets of one exercise: the slider, the number beside it and the drawn joint show the same value, whichever
 * is moved. Listens on the document, so that editors which htmx puts in later work as well.
 */

import { degreesUnder, draw } from "./joint_arc.js";

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
  const svg = joint.querySelector("svg");
  const move = (/** @type {PointerEvent} */ moved) => setTarget(joint, degreesUnder(svg, moved));
  svg.setPointerCapture(event.pointerId);
  svg.addEventListener("pointermove", move);
  const end = () => svg.removeEventListener("pointermove", move);
  svg.addEventListener("pointerup", end, { once: true });
  svg.addEventListener("pointercancel", end, { once: true });
});

/** @param {Element} pair @param {HTMLInputElement} field @returns {HTMLInputElement} */
function twin(pair, field) {
  return [...pair.querySelectorAll("input")].find((other) => other !== field);
}

/** @param {Element} joint @param {number} deg */
function setTarget(joint, deg) {
  const slider = joint.querySelector('[data-slider^="target."]');
  slider.value = String(Math.round(deg)); // the slider keeps it within what may be set
  slider.dispatchEvent(new Event("input", { bubbles: true }));
}

/** @param {HTMLElement} joint */
function redraw(joint) {
  const number = (kind) => Number(joint.querySelector(`[data-slider^="${kind}."]`)?.value);
  const limited = joint.querySelector("[data-limit-on]")?.checked ?? false;
  draw(joint.querySelector("svg"), {
    start: Number(joint.dataset.start),
    target: number("target"),
    limit: limited ? number("limit") : null,
  });
}
