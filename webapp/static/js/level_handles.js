/** How far each key moves a handle, in steps of its field. @type {Record<string, number>} */
const KEYS = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 };
const APART_PX = 30;

/**
 * A field of the form as a line on the curve.
 * @typedef {object} Level
 * @property {HTMLInputElement} field
 * @property {string} name
 * @property {string} label
 * @property {(value: number) => number} toLevel hundredths of the movement
 * @property {(level: number) => number} toValue
 */

/** Handles at the right edge of the curve: dragged, or moved with the arrow keys; the number beside follows. */
export class LevelHandles {
  /** @param {HTMLElement} place @param {import("./movement_chart.js").MovementChart} chart @param {Level[]} levels @param {() => void} onMoved */
  constructor(place, chart, levels, onMoved) {
    this._chart = chart;
    this._onMoved = onMoved;
    this._handles = levels.map((level) => ({ level, element: this._make(place, level) }));
    this.place();
  }

  /** Put every handle where its number says; words that would lie on each other are moved apart. */
  place() {
    const wanted = this._handles.map((one) => ({ ...one, y: this._chart.yOf(one.level.toLevel(Number(one.level.field.value))) }));
    wanted.sort((one, other) => one.y - other.y);
    let free = -Infinity;
    for (const { element, level, y } of wanted) {
      const top = Math.max(y, free);
      free = top + APART_PX;
      element.style.top = `${top}px`;
      element.style.right = `${Math.max(0, this._chart.right - element.offsetWidth)}px`;
      element.setAttribute("aria-valuenow", level.field.value);
      element.lastElementChild.textContent = level.label.replace("{value}", level.field.value);
    }
  }

  /** @param {HTMLElement} place @param {Level} level */
  _make(place, level) {
    const element = document.createElement("button");
    element.type = "button";
    element.className = "shape-handle";
    element.dataset.handle = level.name;
    element.setAttribute("role", "slider");
    element.setAttribute("aria-orientation", "vertical");
    element.setAttribute("aria-label", /** @type {any} */ (level.field.labels)[0].textContent);
    element.setAttribute("aria-valuemin", level.field.min);
    element.setAttribute("aria-valuemax", level.field.max);
    element.disabled = level.field.matches(":disabled");
    element.append(document.createElement("span"));
    element.addEventListener("pointerdown", (event) => this._grab(event, element, level));
    element.addEventListener("keydown", (event) => this._key(event, level));
    place.append(element);
    return element;
  }

  /** @param {PointerEvent} down @param {HTMLElement} element @param {Level} level */
  _grab(down, element, level) {
    element.setPointerCapture(down.pointerId);
    const from = level.toLevel(Number(level.field.value)) - this._chart.levelAt(down.clientY);
    const move = (/** @type {PointerEvent} */ event) => this._set(level, level.toValue(this._chart.levelAt(event.clientY) + from));
    const end = () => element.removeEventListener("pointermove", move);
    element.addEventListener("pointermove", move);
    element.addEventListener("pointerup", end, { once: true });
    element.addEventListener("pointercancel", end, { once: true });
  }

  /** @param {KeyboardEvent} event @param {Level} level */
  _key(event, level) {
    const { field } = level;
    const ends = { Home: Number(field.min), End: Number(field.max) };
    const way = Math.sign(level.toLevel(1) - level.toLevel(0)) || 1; // up is further, also where degrees shrink
    if (event.key in KEYS) this._set(level, Number(field.value) + way * KEYS[event.key]);
    else if (event.key in ends) this._set(level, ends[event.key]);
    else return;
    event.preventDefault(); // the page would scroll
  }

  /** @param {Level} level @param {number} value */
  _set(level, value) {
    const { field } = level;
    field.value = String(Math.round(Math.max(Number(field.min), Math.min(Number(field.max), value))));
    this._onMoved();
  }
}
