import { drawFigure, torsoLength } from "./figure.js";

const MARGIN = 0.5; // torso lengths round where the joints are: half a head, the thickness of limbs

/** A solid body on a canvas, as large as its whole movement allows. */
export class ReplayFigure {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {{box: import("./film.js").Box, poseAt(t: number): number[][] | null}} film
   * @param {() => {near: string, far: string}} colours
   */
  constructor(canvas, film, colours) {
    this._canvas = canvas;
    this._film = film;
    this._colours = colours;
  }

  /** @param {number} t seconds @returns {boolean} whether somebody was there to be drawn */
  draw(t) {
    const canvas = this._canvas;
    const ratio = globalThis.devicePixelRatio || 1;
    const [width, height] = [Math.round(canvas.clientWidth * ratio), Math.round(canvas.clientHeight * ratio)];
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.clearRect(0, 0, width, height);
    const points = this._film.poseAt(t);
    if (points) drawFigure(context, points, this._place(points, width, height), this._colours());
    return points !== null;
  }

  /** @param {number[][]} points @param {number} width @param {number} height @returns {import("./figure.js").Placement} */
  _place(points, width, height) {
    const { left, top, right, bottom } = this._film.box;
    this._margin ??= MARGIN * torsoLength(points);
    const scale = Math.min(width / (right - left + 2 * this._margin), height / (bottom - top + 2 * this._margin));
    return { x: width / 2 - (scale * (left + right)) / 2, y: height / 2 - (scale * (top + bottom)) / 2, scale, flip: 1 };
  }
}
