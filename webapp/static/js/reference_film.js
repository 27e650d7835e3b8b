/**
 * @typedef {object} RepMoments where one repetition was in the reference: at `t_s` seconds at `share` of it
 * @property {boolean} other_side
 * @property {number[]} t_s growing
 * @property {number[]} share 0 to 1
 */

/** The reference movement at the point where the patient is: matched by the engine, repetition by repetition. */
export class ReferenceFilm {
  /** @param {{joints: number[], frames: number[][][], other_side: number[][][], reps: RepMoments[]}} data */
  constructor(data) {
    this._data = data;
    const points = data.frames.concat(data.other_side).flat();
    const [xs, ys] = [0, 1].map((axis) => points.map((point) => point[axis]));
    this.box = { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
  }

  /** @param {number} t seconds of the session @returns {number[][]} between repetitions it waits in the start position */
  poseAt(t) {
    const rep = this._data.reps.find((one) => t >= one.t_s[0] && t <= one.t_s[one.t_s.length - 1]);
    const frames = rep?.other_side ? this._data.other_side : this._data.frames;
    const place = (rep ? shareAt(rep, t) : 0) * frames.length;
    const index = Math.floor(place) % frames.length;
    const next = frames[(index + 1) % frames.length];
    const part = place - Math.floor(place);
    /** @type {number[][]} */
    const points = [];
    this._data.joints.forEach((joint, j) => {
      points[joint] = frames[index][j].map((value, axis) => value + part * (next[j][axis] - value));
    });
    return points;
  }
}

/** @param {RepMoments} rep @param {number} t */
export function shareAt({ t_s: times, share }, t) {
  const after = Math.max(1, times.findIndex((time) => time >= t));
  const span = times[after] - times[after - 1];
  const part = span > 0 ? (t - times[after - 1]) / span : 0;
  return share[after - 1] + part * (share[after] - share[after - 1]);
}
