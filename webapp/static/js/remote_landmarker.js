import { Trouble } from "./trouble.js";

const COUNT = 33;
const COLUMNS = 6;
const QUALITY = 0.7;
const MOST_BYTES = 150_000;
const EVERY_MS = 83; // at most twelve pictures a second
const AGAIN_MS = 400;
const LIGHT_PX = 16;
/** What the server may answer, as a cause for the page's words. */
const FINAL = new Map([["full", "pictures_full"], ["failed", "pictures_failed"], ["not_agreed", "pictures_failed"], ["not_allowed", "not_allowed"]]);

/**
 * The landmark model of the clinic's computer, in place of `Landmarker`: small pictures go there over the page's
 * socket, one at a time, and the same numbers come back. Made only after the patient has said yes.
 */
export class RemoteLandmarker {
  constructor() {
    this._send = /** @type {((atMs: number, jpeg: ArrayBuffer) => Promise<any>) | null} */ (null);
    this._canvas = document.createElement("canvas");
    this._working = false;
    this._nextMs = 0;
  }

  /** @param {(atMs: number, jpeg: ArrayBuffer) => Promise<any>} send gives null when no answer came */
  through(send) {
    this._send = send;
  }

  async load() {}

  get busy() {
    return this._working || performance.now() < this._nextMs;
  }

  /**
   * Find the body. Throws Trouble, or InvalidStateError when this one picture came to nothing.
   * @param {ImageBitmap} bitmap given away
   * @param {boolean} light whether to measure the brightness too
   * @returns {Promise<import("./landmarker.js").Landmarks>}
   */
  async detect(bitmap, light) {
    const nowMs = performance.now();
    this._working = true;
    this._nextMs = nowMs + EVERY_MS;
    try {
      const context = this._draw(bitmap);
      const seen = await this._ask(Math.round(nowMs));
      return { ...landmarks(seen), light: light ? luminance(context, this._canvas) : null };
    } finally {
      this._working = false;
    }
  }

  close() {
    this._send = null;
  }

  /** @param {ImageBitmap} bitmap */
  _draw(bitmap) {
    this._canvas.width = bitmap.width;
    this._canvas.height = bitmap.height;
    const context = /** @type {CanvasRenderingContext2D} */ (this._canvas.getContext("2d", { willReadFrequently: true }));
    context.drawImage(bitmap, 0, 0);
    bitmap.close();
    return context;
  }

  /** @param {number} atMs */
  async _ask(atMs) {
    const reply = this._send ? await this._send(atMs, await this._packed()) : null;
    if (reply && !reply.error) return reply;
    const final = FINAL.get(reply?.error);
    if (final) throw new Trouble(final);
    this._nextMs = performance.now() + AGAIN_MS; // no connection, still loading, too fast
    throw new DOMException(reply?.error ?? "no answer", "InvalidStateError");
  }

  /** The picture as a small JPEG. @returns {Promise<ArrayBuffer>} */
  async _packed() {
    for (let quality = QUALITY; ; quality -= 0.2) {
      const blob = await new Promise((give) => this._canvas.toBlob(give, "image/jpeg", quality));
      if (!blob) throw new Trouble("old_browser");
      if (blob.size <= MOST_BYTES || quality < 0.3) return blob.arrayBuffer();
    }
  }
}

/**
 * The server's numbers in the form of the browser's own model.
 * @param {{width: number, height: number, landmarks: ArrayBuffer}} seen
 */
export function landmarks({ width, height, landmarks: bytes }) {
  if (!bytes.byteLength) return { image: null, world: null, width, height };
  const view = new DataView(bytes);
  const at = (/** @type {number} */ row, /** @type {number} */ column) => view.getFloat32((row * COLUMNS + column) * 4, true);
  const rows = Array.from({ length: COUNT }, (_, row) => row);
  return {
    image: rows.map((row) => ({ x: at(row, 0), y: at(row, 1), z: 0, visibility: at(row, 5) })),
    world: rows.map((row) => ({ x: at(row, 2), y: at(row, 3), z: at(row, 4) })),
    width,
    height,
  };
}

/** Mean brightness, 0 black to 1 white. @param {CanvasRenderingContext2D} context @param {HTMLCanvasElement} canvas */
function luminance(context, canvas) {
  context.drawImage(canvas, 0, 0, LIGHT_PX, LIGHT_PX);
  const { data } = context.getImageData(0, 0, LIGHT_PX, LIGHT_PX);
  let sum = 0;
  for (let i = 0; i < data.length; i += 4) sum += 0.2126 * data[i] + 0.7152 * data[i + 1] + 0.0722 * data[i + 2];
  return sum / (data.length / 4) / 255;
}
