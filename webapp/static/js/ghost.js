import { drawFigure, middle, torsoLength } from "./figure.js";

const FEET = [27, 28, 29, 30, 31, 32];
const HIPS = [23, 24];
const TURNED = 0.7; // so much better must the other way round fit before one believes that they have turned
const STILL_PHASE = 0.5;
const FAINT = 0.5;

/**
 * The reference movement as JSON from the server.
 * @typedef {object} Reference
 * @property {number[][][]} frames F x 33 x (x, y, z) at equal time steps; the last leads back to the first
 */

/** The right movement, looping at the prescribed tempo: alone as a demonstration, or over the patient's own picture. */
export class Ghost {
  /** @param {Reference} reference @param {number} periodS seconds of one repetition at the prescribed tempo */
  constructor(reference, periodS) {
    this._frames = reference.frames;
    this.last(periodS);
    this._start = this._frames[0];
    this._box = box(this._frames);
    this._anchor = /** @type {import("./figure.js").Placement | null} */ (null);
    this._sheet = { width: 0, height: 0 };
  }

  /** @param {number} periodS seconds of one repetition from now on */
  last(periodS) {
    this._periodMs = 1000 * Math.max(0.5, periodS);
  }

  /**
   * The body at a moment, between two frames.
   * @param {number} nowMs
   * @param {boolean} still one picture instead of a film, for who asked for less motion
   * @returns {number[][]}
   */
  pose(nowMs, still) {
    const share = still ? STILL_PHASE : (nowMs % this._periodMs) / this._periodMs;
    const place = share * this._frames.length;
    const index = Math.floor(place) % this._frames.length;
    const next = this._frames[(index + 1) % this._frames.length];
    const part = place - Math.floor(place);
    return this._frames[index].map((point, i) => point.map((value, axis) => value + part * (next[i][axis] - value)));
  }

  /**
   * As large as the canvas allows, facing the way the patient sees themselves.
   * @param {HTMLCanvasElement} canvas @param {number} nowMs @param {boolean} still @param {{near: string, far: string}} colours
   * @param {boolean} mirrored whether their picture is shown as in a mirror
   */
  demonstrate(canvas, nowMs, still, colours, mirrored) {
    const context = fresh(canvas);
    const { left, top, right, bottom } = this._box;
    const scale = 0.9 * Math.min(canvas.width / (right - left), canvas.height / (bottom - top));
    const flip = /** @type {1 | -1} */ ((this._anchor?.flip ?? 1) * (mirrored ? -1 : 1));
    const x = canvas.width / 2 - (scale * flip * (left + right)) / 2;
    const y = canvas.height / 2 - (scale * (top + bottom)) / 2;
    drawFigure(context, this.pose(nowMs, still), { x, y, scale, flip }, colours);
  }

  /**
   * Learn where the patient stands and how tall the picture shows them. Call it while they are in the start position.
   * @param {number[][]} points pixels
   */
  standAt(points) {
    const scale = torsoLength(points) / torsoLength(this._start);
    const flip = this._wayRound(points);
    const [own, reference] = [middle(points, FEET), middle(this._start, FEET)];
    const goal = { x: own[0] - scale * flip * reference[0], y: own[1] - scale * reference[1], scale, flip };
    const old = this._anchor;
    // follow slowly: a ghost that trembles with the landmarks is no guide
    const share = old && old.flip === flip ? 0.1 : 1;
    const mix = (/** @type {"x" | "y" | "scale"} */ key) => (old ? old[key] : goal[key]) * (1 - share) + goal[key] * share;
    this._anchor = { x: mix("x"), y: mix("y"), scale: mix("scale"), flip };
  }

  /**
   * Whether the patient faces as the reference does, or the other way. Seen from the front neither is clear at once,
   * so that a way once found is kept.
   * @param {number[][]} points @returns {1 | -1}
   */
  _wayRound(points) {
    const old = this._anchor?.flip ?? 1;
    const turned = /** @type {1 | -1} */ (-old);
    const most = this._anchor ? TURNED : 1;
    return misfit(points, this._start, turned) < most * misfit(points, this._start, old) ? turned : old;
  }

  /**
   * Over the patient's picture, where `standAt` put it, so faint that one sees oneself through it.
   * @param {CanvasRenderingContext2D} context @param {number} nowMs @param {boolean} still
   * @param {{near: string, far: string, line: string}} colours
   */
  accompany(context, nowMs, still, colours) {
    if (!this._anchor) return;
    const { width, height } = context.canvas;
    if (this._sheet.width !== width || this._sheet.height !== height) this._sheet = new OffscreenCanvas(width, height);
    const sheet = fresh(this._sheet);
    drawFigure(sheet, this.pose(nowMs, still), this._anchor, colours);
    context.globalAlpha = FAINT; // of the whole figure at once: single limbs would shine through each other
    context.drawImage(this._sheet, 0, 0);
    context.globalAlpha = 1;
  }
}

/**
 * Torso lengths by which two bodies differ sideways, all landmarks together, one of them turned round or not.
 * @param {number[][]} one @param {number[][]} other @param {1 | -1} flip
 */
function misfit(one, other, flip) {
  const sideways = (/** @type {number[][]} */ points) => points.map((point) => (point[0] - middle(points, HIPS)[0]) / torsoLength(points));
  const reference = sideways(other);
  return sideways(one).reduce((sum, x, index) => sum + Math.abs(x - flip * reference[index]), 0);
}

/** @param {any} canvas @returns {any} its context, wiped */
function fresh(canvas) {
  const context = canvas.getContext("2d");
  context.clearRect(0, 0, canvas.width, canvas.height);
  return context;
}

/** @param {number[][][]} frames */
function box(frames) {
  const xs = frames.flat().map((point) => point[0]);
  const ys = frames.flat().map((point) => point[1]);
  const margin = 0.35 * torsoLength(frames[0]); // half a head and the thickness of limbs
  const [left, right] = [Math.min(...xs) - margin, Math.max(...xs) + margin];
  return { left, right, top: Math.min(...ys) - margin, bottom: Math.max(...ys) + margin };
}
