const DARK = 0.16; // mean brightness below which the model begins to invent limbs

/**
 * What is still missing before the exercise can begin, as a list that ticks itself off. A point that was ever missing
 * stays in the list, so that one sees what has been done.
 */
export class Guide {
  /** @param {string[]} first keys that are always shown */
  constructor(first) {
    this._points = new Map(first.map((key) => [key, false]));
    this._light = 1;
  }

  /** @param {number | null} light mean brightness 0..1, when it was measured */
  see(light) {
    if (light !== null) this._light = light;
  }

  /**
   * @param {{state: string, guide: string[]}} step
   * @returns {{key: string, done: boolean}[]} what to show, in a stable order
   */
  update(step) {
    const missing = new Set(step.guide);
    if (step.state === "no_person") missing.add("step_into_view");
    if (this._light < DARK) missing.add("more_light");
    const known = step.state !== "no_person";
    for (const key of missing) this._points.set(key, false);
    for (const key of this._points.keys()) {
      if (!missing.has(key)) this._points.set(key, known || this._points.get(key) === true);
    }
    return [...this._points].map(([key, done]) => ({ key, done }));
  }

  /** The one thing to do next. @returns {string | undefined} */
  get next() {
    for (const [key, done] of this._points) if (!done) return key;
    return undefined;
  }
}
