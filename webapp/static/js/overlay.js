const VISIBLE = 0.5;

/** The skeleton over the picture: thin, and only the limbs that matter. Draws un-mirrored; the stage mirrors it. */
export class Overlay {
  /**
   * @param {HTMLCanvasElement} canvas over the picture
   * @param {[number, number][]} edges pairs of landmark indices
   */
  constructor(canvas, edges) {
    this._canvas = canvas;
    this._context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    this._edges = edges;
    this._joints = [...new Set(edges.flat())];
  }

  /**
   * @param {import("./landmarker.js").Landmarks} landmarks
   * @param {(context: CanvasRenderingContext2D) => void} [under] draws what lies below the skeleton
   */
  draw(landmarks, under) {
    const { width, height, image } = landmarks;
    if (this._canvas.width !== width) this._canvas.width = width;
    if (this._canvas.height !== height) this._canvas.height = height;
    const context = this._context;
    context.clearRect(0, 0, width, height);
    under?.(context);
    if (!image) return;
    const points = image.map((point) => [point.x * width, point.y * height]);
    const seen = (/** @type {number} */ index) => image[index].visibility > VISIBLE;
    const edges = this._edges.filter(([a, b]) => seen(a) && seen(b));
    const unit = Math.max(width, height) / 320;
    // a dark line under a light one is seen on any clothes
    this._lines(points, edges, 3.2 * unit, "rgb(0 0 0 / 45%)");
    this._lines(points, edges, 1.6 * unit, "#ffffff");
    context.fillStyle = "#6fe0d0";
    for (const index of this._joints.filter(seen)) {
      context.beginPath();
      context.arc(points[index][0], points[index][1], 2 * unit, 0, 2 * Math.PI);
      context.fill();
    }
  }

  clear() {
    this._context.clearRect(0, 0, this._canvas.width, this._canvas.height);
  }

  /** @param {number[][]} points @param {[number, number][]} edges @param {number} thickness @param {string} colour */
  _lines(points, edges, thickness, colour) {
    const context = this._context;
    context.lineWidth = thickness;
    context.lineCap = "round";
    context.strokeStyle = colour;
    context.beginPath();
    for (const [a, b] of edges) {
      context.moveTo(points[a][0], points[a][1]);
      context.lineTo(points[b][0], points[b][1]);
    }
    context.stroke();
  }
}
