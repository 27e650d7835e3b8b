const LONGEST_PX = 640; // the model looks at 256 pixels: more only costs time
const LIGHT_EVERY_MS = 1000;
const MIN_GAP_MS = 30;

/**
 * Takes pictures from a playing video, one at a time: the next is taken when the last has been judged.
 * Counts nothing and sends nothing; each result goes to `onLandmarks` with the moment of its picture.
 */
export class Capture {
  /**
   * @param {HTMLVideoElement} video
   * @param {import("./landmarker.js").Landmarker} landmarker loaded
   * @param {(landmarks: import("./landmarker.js").Landmarks, atMs: number) => void} onLandmarks
   * @param {(error: Error) => void} onTrouble
   */
  constructor(video, landmarker, onLandmarks, onTrouble) {
    this._video = video;
    this._landmarker = landmarker;
    this._onLandmarks = onLandmarks;
    this._onTrouble = onTrouble;
    this._running = false;
    this._round = 0;
    this._lightMs = -Infinity;
    this._lastMs = -Infinity;
  }

  start() {
    if (this._running) return;
    this._running = true;
    this._round += 1;
    this._next(this._round);
  }

  stop() {
    this._running = false;
  }

  /** @param {number} round of several starts only the newest goes on: the last one may still wait for its picture */
  _next(round) {
    if (!this._goesOn(round)) return;
    const again = () => this._take(round).then(() => this._next(round));
    if ("requestVideoFrameCallback" in this._video) this._video.requestVideoFrameCallback(again);
    else setTimeout(again, MIN_GAP_MS);
  }

  /** @param {number} round */
  _goesOn(round) {
    return this._running && round === this._round;
  }

  /** @param {number} round */
  async _take(round) {
    const atMs = performance.now();
    if (!this._goesOn(round) || this._landmarker.busy || !this._video.videoWidth || atMs - this._lastMs < MIN_GAP_MS) return;
    this._lastMs = atMs;
    const light = atMs - this._lightMs > LIGHT_EVERY_MS;
    if (light) this._lightMs = atMs;
    try {
      const bitmap = await createImageBitmap(this._video, fit(this._video.videoWidth, this._video.videoHeight));
      const landmarks = await this._landmarker.detect(bitmap, light);
      if (this._goesOn(round)) this._onLandmarks(landmarks, atMs);
    } catch (error) {
      if (this._goesOn(round) && error.name !== "InvalidStateError") this._onTrouble(error); // a video that has just ended
    }
  }
}

/**
 * A size with the same shape, no longer than needed.
 * @param {number} width @param {number} height pixels
 * @returns {ImageBitmapOptions}
 */
export function fit(width, height) {
  const scale = Math.min(1, LONGEST_PX / Math.max(width, height));
  return { resizeWidth: Math.round(width * scale), resizeHeight: Math.round(height * scale), resizeQuality: "low" };
}
