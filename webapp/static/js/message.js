/**
 * The wire format of live landmarks, the page's half of `webapp/live/messages.py` (see there for the layout).
 * Numbers are rounded once, here: the engine judges exactly what is sent, and exactly that is kept.
 */

export const VERSION = 1;
export const KIND = Object.freeze({ frames: 0, pause: 1, resume: 2, finish: 3 });
/** In the order of `STOP_REASONS` of the store. */
export const REASONS = Object.freeze(["finished", "pain", "tired", "no_time", "other"]);
export const MAX_FRAMES = 8;
const COUNT = 33;
const HEADER_BYTES = 16;
const TIME_BYTES = 8;
const FRAME_FLOATS = COUNT * 6;

// Steps far below the model's own noise, and powers of two: exact in a float32, and kind to compression.
const STEPS_PER_PX = 32;
const STEPS_PER_M = 8192;
const STEPS_OF_VISIBILITY = 256;

/**
 * One captured picture, judged by the landmark model.
 * @typedef {object} Frame
 * @property {number} t seconds since the session began
 * @property {number} width pixels
 * @property {number} height pixels
 * @property {Float32Array | null} values 33 x (x_px, y_px, visibility), then 33 x (x, y, z) metres; null: nobody found
 */

/**
 * The model's answer as the numbers that travel.
 * @param {{x: number, y: number, visibility?: number}[]} image normalised 0..1
 * @param {{x: number, y: number, z: number}[]} world metres
 * @param {number} width pixels
 * @param {number} height pixels
 * @returns {Float32Array}
 */
export function quantise(image, world, width, height) {
  const values = new Float32Array(FRAME_FLOATS);
  for (let i = 0; i < COUNT; i += 1) {
    values[i * 3] = round(image[i].x * width, STEPS_PER_PX);
    values[i * 3 + 1] = round(image[i].y * height, STEPS_PER_PX);
    values[i * 3 + 2] = round(image[i].visibility ?? 0, STEPS_OF_VISIBILITY);
    const at = (COUNT + i) * 3;
    values[at] = round(world[i].x, STEPS_PER_M);
    values[at + 1] = round(world[i].y, STEPS_PER_M);
    values[at + 2] = round(world[i].z, STEPS_PER_M);
  }
  return values;
}

/** @param {number} value @param {number} steps per unit */
function round(value, steps) {
  return Math.round(value * steps) / steps;
}

/**
 * One message of 1 to 8 frames of the same picture size.
 * @param {Frame[]} frames
 * @param {number} seq number of the first
 * @returns {ArrayBuffer}
 */
export function packFrames(frames, seq) {
  const found = frames.filter((frame) => frame.values);
  const bits = frames.reduce((sum, frame, index) => sum | (frame.values ? 1 << index : 0), 0);
  const { width, height } = frames[0];
  const body = HEADER_BYTES + frames.length * TIME_BYTES;
  const buffer = new ArrayBuffer(body + found.length * FRAME_FLOATS * 4);
  writeHeader(buffer, { kind: KIND.frames, count: frames.length, bits, width, height, seq, extra: 0 });
  const view = new DataView(buffer);
  frames.forEach((frame, index) => view.setFloat64(HEADER_BYTES + index * TIME_BYTES, frame.t, true));
  let at = body;
  for (const frame of found) {
    for (const value of /** @type {Float32Array} */ (frame.values)) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return buffer;
}

/**
 * A control, which takes one number among the frames.
 * @param {number} kind one of KIND
 * @param {number} seq
 * @param {number} t seconds
 * @param {string} [reason] one of REASONS, of a finish
 * @returns {ArrayBuffer}
 */
export function packControl(kind, seq, t, reason = "finished") {
  const buffer = new ArrayBuffer(HEADER_BYTES + TIME_BYTES);
  const extra = kind === KIND.finish ? Math.max(0, REASONS.indexOf(reason)) : 0;
  writeHeader(buffer, { kind, count: 1, bits: 0, width: 0, height: 0, seq, extra });
  new DataView(buffer).setFloat64(HEADER_BYTES, t, true);
  return buffer;
}

/**
 * The same moments with nobody in them: what is left of a message that the server cannot read.
 * @param {ArrayBuffer} buffer a message of frames
 * @returns {ArrayBuffer}
 */
export function asGaps(buffer) {
  const gaps = buffer.slice(0, HEADER_BYTES + new Uint8Array(buffer)[2] * TIME_BYTES);
  new Uint8Array(gaps)[3] = 0;
  return gaps;
}

/**
 * @param {ArrayBuffer} buffer
 * @param {{kind: number, count: number, bits: number, width: number, height: number, seq: number, extra: number}} head
 */
function writeHeader(buffer, head) {
  const view = new DataView(buffer);
  [VERSION, head.kind, head.count, head.bits].forEach((value, index) => view.setUint8(index, value));
  view.setUint16(4, head.width, true);
  view.setUint16(6, head.height, true);
  view.setUint32(8, head.seq, true);
  view.setUint32(12, head.extra, true);
}
