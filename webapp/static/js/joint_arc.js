/**
 * The drawn joint of a target: a sector from the start to the target, a bone that points at it, a bar at the limit.
 * 0 degrees points down, growing degrees turn clockwise; the same drawing as `webapp/therapist/arc.py`.
 */

const CENTRE = 100;
const SVG_UNITS = 200;
const HANDLE = 18;

/** Where a limb of this length ends at this angle. @param {number} deg @param {number} radius */
export function point(deg, radius) {
  const turn = (deg * Math.PI) / 180;
  return [CENTRE - radius * Math.sin(turn), CENTRE + radius * Math.cos(turn)];
}

/** The path of a slice between two angles. @param {number} fromDeg @param {number} toDeg @param {number} radius */
export function sector(fromDeg, toDeg, radius) {
  const low = Math.min(fromDeg, toDeg);
  const high = Math.max(fromDeg, toDeg);
  const large = high - low > 180 ? 1 : 0;
  return `M${CENTRE} ${CENTRE}L${point(low, radius)}A${radius} ${radius} 0 ${large} 1 ${point(high, radius)}Z`;
}

/** The angle that a place in the drawing stands for, -30 to 330. @param {number} x @param {number} y */
export function degreesAt(x, y) {
  const deg = (Math.atan2(CENTRE - x, y - CENTRE) * 180) / Math.PI;
  return deg < -30 ? deg + 360 : deg;
}

/**
 * Draw the joint anew.
 * @param {SVGSVGElement} svg
 * @param {{start: number, target: number, limit: number | null}} angles
 */
export function draw(svg, { start, target, limit }) {
  svg.querySelector("[data-reach]").setAttribute("d", sector(start, target, 60));
  const [x, y] = point(target, 78);
  place(svg.querySelector("[data-bone]"), { x2: x, y2: y });
  const handle = svg.querySelector('[data-handle="target"]');
  place(handle, { cx: x, cy: y });
  tell(handle, target);
  svg.querySelector("[data-label]").textContent = `${Math.round(target)}°`;
  const part = svg.querySelector("[data-limit-part]");
  if (part) drawLimit(part, limit);
}

/** The bar and the square handle at its end. @param {Element} part @param {number | null} limit */
function drawLimit(part, limit) {
  part.setAttribute("visibility", limit === null ? "hidden" : "visible");
  const handle = part.querySelector("[data-handle]");
  if (limit === null) {
    handle.removeAttribute("tabindex"); // nothing invisible takes the focus
    return;
  }
  handle.setAttribute("tabindex", "0");
  const [[x1, y1], [x2, y2]] = [point(limit, 56), point(limit, 92)];
  place(part.querySelector("[data-beyond]"), { x1, y1, x2, y2 });
  place(handle, { x: x2 - HANDLE / 2, y: y2 - HANDLE / 2 });
  tell(handle, limit);
}

/** Say the value to who does not see it. @param {Element} handle @param {number} deg */
function tell(handle, deg) {
  handle.setAttribute("aria-valuenow", String(Math.round(deg)));
  handle.setAttribute("aria-valuetext", `${Math.round(deg)}°`);
}

/** The angle under a pointer. @param {SVGSVGElement} svg @param {PointerEvent} event */
export function degreesUnder(svg, event) {
  const box = svg.getBoundingClientRect();
  const scale = SVG_UNITS / box.width;
  return degreesAt((event.clientX - box.left) * scale, (event.clientY - box.top) * scale);
}

/** @param {Element} element @param {Record<string, number>} numbers */
function place(element, numbers) {
  for (const [name, value] of Object.entries(numbers)) element.setAttribute(name, value.toFixed(1));
}
