/** The moving figure of a session as the server packs it (`webapp/replaying/film.py`): read, and asked for a moment. */

const HEAD_BYTES = 28;
const HOLE_S = 0.5; // between two pictures that lie further apart nobody knows what happened

/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

export class Film {
  /** @param {ArrayBuffer} bytes unpacked by the browser */
  constructor(bytes) {
    const view = new DataView(bytes);
    const [count, joints] = [view.getUint32(0, true), view.getUint32(4, true)];
    const unit = view.getFloat32(8, true);
    const [left, top, right, bottom] = [12, 16, 20, 24].map((at) => view.getFloat32(at, true));
    this.box = { left, top, right, bottom };
    this._joints = [...new Uint8Array(bytes, HEAD_BYTES, joints)];
    const times = HEAD_BYTES + 4 * Math.ceil(joints / 4);
    this._t = Float64Array.from({ length: count }, (_, i) => view.getUint32(times + 4 * i, true) / 1000);
    const steps = times + 4 * count;
    this._series = Array.from({ length: 3 * joints }, (_, s) => summed(view, steps + 2 * count * s, count, unit));
    this._seen = new Uint8Array(bytes, steps + 6 * count * joints, count);
  }

  get endS() {
    return this._t.length ? this._t[this._t.length - 1] : 0;
  }

  /**
   * @param {number} t seconds
   * @returns {number[][] | null} 33 places of which those of the figure are filled; null when nobody was seen
   */
  poseAt(t) {
    const after = Math.min(lowerBound(this._t, t), this._t.length - 1);
    const before = Math.max(0, this._t[after] > t ? after - 1 : after);
    const span = this._t[after] - this._t[before];
    if (!this._seen[before] || !this._seen[after] || span > HOLE_S) return null;
    const part = span > 0 ? Math.min(1, (t - this._t[before]) / span) : 0;
    /** @type {number[][]} */
    const points = [];
    this._joints.forEach((joint, j) => {
      points[joint] = [0, 1, 2].map((axis) => {
        const series = this._series[3 * j + axis];
        return series[before] + part * (series[after] - series[before]);
      });
    });
    return points;
  }
}

/** Differences become values again; they wrap as 16 bits do. @param {DataView} view @param {number} at @param {number} count @param {number} unit */
function summed(view, at, count, unit) {
  const values = new Float32Array(count);
  let sum = 0;
  for (let i = 0; i < count; i++) {
    sum = ((sum + view.getInt16(at + 2 * i, true)) << 16) >> 16;
    values[i] = sum * unit;
  }
  return values;
}

/** The first index whose time is not before `t`. @param {Float64Array} times @param {number} t */
function lowerBound(times, t) {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < t) low = middle + 1;
    else high = middle;
  }
  return low;
}
