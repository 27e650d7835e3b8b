import { MAX_FRAMES, packFrames, quantise } from "./message.js";

const LEAST_GAP_S = 0.055; // 18 pictures a second are enough to learn from, and a minute of them stays small
const STILL_FOR_S = 2.5;
const MOVED = 0.25; // torso lengths between two positions: the movement has begun
const STILL = 0.08; // torso lengths within which nobody moves
const WATCHED = [11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28];

/** The landmarks of what is being shown, and whether whoever shows it has come to rest. */
export class Demonstration {
  constructor() {
    this._frames = /** @type {import("./message.js").Frame[]} */ ([]);
    this._recent = /** @type {{t: number, points: number[][]}[]} */ ([]);
    this._first = /** @type {number[][] | null} */ (null);
    this._moved = false;
  }

  get length() {
    return this._frames.length;
  }

  /** Seconds from the first frame to the last. */
  get seconds() {
    const frames = this._frames;
    return frames.length ? frames[frames.length - 1].t - frames[0].t : 0;
  }

  /**
   * @param {import("./landmarker.js").Landmarks} landmarks @param {number} t seconds, growing
   * @returns {boolean} whether it was kept: frames that follow too closely are not
   */
  add({ image, world, width, height }, t) {
    const last = this._frames[this._frames.length - 1];
    if (last && t - last.t < LEAST_GAP_S) return false;
    this._frames.push({ t, width, height, values: image && world ? quantise(image, world, width, height) : null });
    if (image) this._watch(t, image.map((point) => [point.x * width, point.y * height]));
    return true;
  }

  /** Whether there was a movement, and nobody has moved for a while since. */
  get over() {
    const first = this._recent[0];
    const last = this._recent[this._recent.length - 1];
    if (!this._moved || !first || last.t - first.t < 0.9 * STILL_FOR_S) return false;
    return this._recent.every(({ points }) => apart(points, last.points) < STILL);
  }

  /** @param {number} t @param {number[][]} points pixels */
  _watch(t, points) {
    this._first ??= points;
    this._moved ||= apart(points, this._first) > MOVED;
    this._recent.push({ t, points });
    this._recent = this._recent.filter((one) => t - one.t <= STILL_FOR_S);
  }

  /** All of it as messages, one after the other. @returns {Blob} */
  packed() {
    const messages = [];
    let seq = 1;
    for (const batch of batches(this._frames)) {
      messages.push(packFrames(batch, seq));
      seq += batch.length;
    }
    return new Blob(messages, { type: "application/octet-stream" });
  }
}

/** Up to eight frames of the same size at a time. @param {import("./message.js").Frame[]} frames */
export function batches(frames) {
  const found = /** @type {import("./message.js").Frame[][]} */ ([]);
  for (const frame of frames) {
    const open = found[found.length - 1];
    const fits = open && open.length < MAX_FRAMES && open[0].width === frame.width && open[0].height === frame.height;
    if (fits) open.push(frame);
    else found.push([frame]);
  }
  return found;
}

/** The furthest that any watched point lies apart, in torso lengths of the second. @param {number[][]} one @param {number[][]} other */
function apart(one, other) {
  const torso = Math.max(1, Math.hypot(other[11][0] - other[23][0], other[11][1] - other[23][1]));
  return Math.max(...WATCHED.map((index) => Math.hypot(one[index][0] - other[index][0], one[index][1] - other[index][1]))) / torso;
}
