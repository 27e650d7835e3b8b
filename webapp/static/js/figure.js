/** Body parts as capsules: two landmarks (or the middles of several) and a thickness in torso lengths. */
const SHOULDERS = [11, 12];
const HIPS = [23, 24];
const HEAD = [7, 8];
const HEAD_RADIUS = 0.21;
const LINE = 0.1;

/** @param {number[]} joints shoulder, elbow, wrist, hip, knee, ankle, heel, toe */
function limbs([shoulder, elbow, wrist, hip, knee, ankle, heel, toe]) {
  return [
    { from: [hip], to: [knee], thick: 0.3 },
    { from: [knee], to: [ankle], thick: 0.2 },
    { from: [heel], to: [toe], thick: 0.13 },
    { from: [ankle], to: [heel], thick: 0.13 },
    { from: [shoulder], to: [elbow], thick: 0.17 },
    { from: [elbow], to: [wrist], thick: 0.13 },
  ];
}

const PARTS = [
  { from: SHOULDERS, to: HIPS, thick: 0.44 },
  { from: [11], to: [12], thick: 0.22 },
  { from: [23], to: [24], thick: 0.26 },
  ...limbs([11, 13, 15, 23, 25, 27, 29, 31]),
  ...limbs([12, 14, 16, 24, 26, 28, 30, 32]),
];

/**
 * Where to draw a figure: a point is drawn at `x + scale * flip * px`, `y + scale * py`.
 * @typedef {{x: number, y: number, scale: number, flip: 1 | -1}} Placement
 */

/**
 * A friendly solid body of capsules, the farthest first. What lies behind the hips has the far colour; a `line` round
 * the whole body keeps it apart from what it is drawn over.
 * @param {CanvasRenderingContext2D} context
 * @param {number[][]} points 33 x (x, y, z), y down, z away
 * @param {Placement} place
 * @param {{near: string, far: string, line?: string}} colours
 */
export function drawFigure(context, points, place, colours) {
  const torso = torsoLength(points) * place.scale;
  const behind = middle(points, HIPS)[2] + 0.05 * torsoLength(points);
  const parts = PARTS.map(({ from, to, thick }) => {
    const [a, b] = [middle(points, from), middle(points, to)];
    return { a, b, width: Math.max(2, thick * torso), depth: (a[2] + b[2]) / 2 };
  });
  const face = middle(points, HEAD);
  parts.push({ a: face, b: face, width: 2 * HEAD_RADIUS * torso, depth: face[2] });
  context.lineCap = "round";
  parts.sort((one, other) => other.depth - one.depth);
  const line = colours.line ? Math.max(4, LINE * torso) : 0;
  if (colours.line) for (const { a, b, width } of parts) capsule(context, toCanvas(a, place), toCanvas(b, place), width + line, colours.line);
  for (const { a, b, width, depth } of parts) {
    capsule(context, toCanvas(a, place), toCanvas(b, place), width, depth > behind ? colours.far : colours.near);
  }
}

/** @param {CanvasRenderingContext2D} context @param {[number, number]} a @param {[number, number]} b @param {number} width @param {string} colour */
function capsule(context, a, b, width, colour) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(...a);
  context.lineTo(b[0] + 0.01, b[1]); // a line of no length at all would not be drawn
  context.stroke();
}

/** @param {number[][]} points @param {number[]} indices @returns {number[]} their mean */
export function middle(points, indices) {
  return points[indices[0]].map((_, axis) => indices.reduce((sum, index) => sum + points[index][axis], 0) / indices.length);
}

/** @param {number[][]} points @returns {number} from mid-shoulder to mid-hip in the picture, never 0 */
export function torsoLength(points) {
  const [a, b] = [middle(points, SHOULDERS), middle(points, HIPS)];
  return Math.max(1e-6, Math.hypot(a[0] - b[0], a[1] - b[1]));
}

/** @param {number[]} point @param {Placement} place @returns {[number, number]} */
function toCanvas(point, place) {
  return [place.x + place.scale * place.flip * point[0], place.y + place.scale * point[1]];
}
