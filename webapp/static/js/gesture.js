const TRUNK = [
  [11, 12],
  [23, 24],
];

/**
 * One gesture as the server gives it (coach/gestures.py): alternatives, each a list of conditions in torso lengths.
 * @typedef {object} Rule
 * @property {{measure: "above" | "near", point: number, base: number, min: number | null, max: number | null}[][]} alternatives
 * @property {number} seen visibility that a landmark needs
 * @property {number} shoulders a trunk is at least this many shoulder widths long
 * @property {number} held_s seconds until it is meant
 * @property {number} stop_s seconds until it means stop
 */

/**
 * Whether a body makes the gesture.
 * @param {Rule} rule @param {number[][]} points x and y, y down @param {number[]} visibility
 */
export function shows(rule, points, visibility) {
  const torso = torsoOf(points, rule.shoulders);
  const holds = (/** @type {Rule["alternatives"][0][0]} */ { measure, point, base, min, max }) => {
    if (!(visibility[point] >= rule.seen && visibility[base] >= rule.seen)) return false;
    const [x, y] = [points[base][0] - points[point][0], points[base][1] - points[point][1]];
    const value = (measure === "above" ? y : Math.hypot(x, y)) / torso;
    return (min === null || value >= min) && (max === null || value <= max);
  };
  return torso > 0 && rule.alternatives.some((conditions) => conditions.every(holds));
}

/** @param {number[][]} points @param {number} shoulders */
function torsoOf(points, shoulders) {
  const [top, bottom] = TRUNK.map(([a, b]) => [(points[a][0] + points[b][0]) / 2, (points[a][1] + points[b][1]) / 2]);
  const [left, right] = TRUNK[0].map((index) => points[index]);
  const width = Math.hypot(left[0] - right[0], left[1] - right[1]);
  return Math.max(Math.hypot(top[0] - bottom[0], top[1] - bottom[1]), shoulders * width);
}

/** A gesture held for a while: first it means `held`, held on it means `stop`; then it must be let go of. */
export class HeldGesture {
  /** @param {Rule} rule @param {{held: () => void, stop: () => void}} on */
  constructor(rule, on) {
    this._rule = rule;
    this._on = on;
    this._sinceMs = /** @type {number | null} */ (null);
    this._said = 0;
  }

  /**
   * @param {number[][] | null} points @param {number[]} visibility @param {number} nowMs
   * @returns {number} 0..1 how far it is held on the way to its next meaning
   */
  see(points, visibility, nowMs) {
    if (!points || !shows(this._rule, points, visibility)) {
      this._sinceMs = null;
      this._said = 0;
      return 0;
    }
    this._sinceMs ??= nowMs;
    const heldS = (nowMs - this._sinceMs) / 1000;
    const { held_s: first, stop_s: last } = this._rule;
    if (this._said === 0 && heldS >= first) this._mean(1, this._on.held);
    if (this._said === 1 && heldS >= last) this._mean(2, this._on.stop);
    if (this._said === 2) return 0;
    return this._said === 0 ? heldS / first : (heldS - first) / (last - first);
  }

  /** @param {number} level @param {() => void} act */
  _mean(level, act) {
    this._said = level;
    act();
  }
}
