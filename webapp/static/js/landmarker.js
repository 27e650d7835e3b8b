import { Trouble } from "./trouble.js";

/**
 * @typedef {object} Landmarks
 * @property {{x: number, y: number, z: number, visibility: number}[] | null} image normalised 0..1; null: nobody found
 * @property {{x: number, y: number, z: number}[] | null} world metres
 * @property {number} width pixels
 * @property {number} height pixels
 * @property {number | null} light mean brightness 0..1, when asked for
 */

/** The landmark model in a worker of its own, one picture at a time. */
export class Landmarker {
  /** @param {{wasm: string, model: string}} paths */
  constructor(paths) {
    this._paths = paths;
    this._worker = /** @type {Worker | null} */ (null);
    this._answer = /** @type {((data: any) => void) | null} */ (null);
  }

  /** Fetch, build and warm up; takes seconds, so begin early. Throws Trouble. */
  async load() {
    try {
      this._worker = new Worker(new URL("./landmarker_worker.js", import.meta.url), { type: "module" });
    } catch {
      throw new Trouble("old_browser");
    }
    const worker = this._worker;
    worker.onmessage = ({ data }) => this._answer?.(data);
    worker.onerror = () => this._answer?.({ failed: "no_model" });
    await this._ask({ load: this._paths }, []);
  }

  /** Whether a picture is in work. */
  get busy() {
    return this._answer !== null;
  }

  /**
   * Find the body. Throws Trouble.
   * @param {ImageBitmap} bitmap given away
   * @param {boolean} light whether to measure the brightness too
   * @returns {Promise<Landmarks>}
   */
  detect(bitmap, light) {
    return this._ask({ bitmap, light }, [bitmap]);
  }

  close() {
    this._worker?.terminate();
  }

  /** @param {object} message @param {Transferable[]} given @returns {Promise<any>} */
  _ask(message, given) {
    return new Promise((resolve, reject) => {
      this._answer = (data) => {
        this._answer = null;
        if (data.failed) reject(new Trouble(data.failed, data.detail));
        else resolve(data);
      };
      this._worker?.postMessage(message, given);
    });
  }
}
