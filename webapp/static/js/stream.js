import { KIND, MAX_FRAMES, packControl, packFrames } from "./message.js";

const RECORD_EVERY_S = 0.075; // 12 to 13 frames a second while nobody answers
const MESSAGE_SPAN_S = 0.1;

/**
 * Gives captured frames their numbers. While the server answers, a frame is sent at once, and when two messages are
 * unanswered only the newest waits: the others are dropped *before* they get a number. While it does not, frames are
 * recorded into the outbox at a lower rate.
 */
export class Stream {
  /**
   * @param {import("./outbox.js").Outbox} outbox
   * @param {{ready: boolean, behind: boolean, nudge: () => void}} socket
   * @param {number} seen the last number the server knows
   */
  constructor(outbox, socket, seen) {
    this._outbox = outbox;
    this._socket = socket;
    this._seq = Math.max(seen, outbox.last);
    this._waiting = /** @type {import("./message.js").Frame | null} */ (null);
    this._batch = /** @type {import("./message.js").Frame[]} */ ([]);
    this._recordedT = -Infinity;
  }

  /** The last number given. */
  get last() {
    return this._seq;
  }

  /** @param {import("./message.js").Frame} frame */
  push(frame) {
    if (this._socket.behind) return this._record(frame);
    this._close();
    if (!this._socket.ready) {
      this._waiting = frame;
      return;
    }
    this._waiting = null;
    this._number([frame]);
  }

  /** An answer came: the newest frame that had to wait goes now. */
  answered() {
    if (this._waiting && this._socket.ready) this.push(this._waiting);
  }

  /**
   * Pause, resume or finish, behind the frames that came before it.
   * @param {number} kind
   * @param {number} t seconds
   * @param {string} [reason]
   */
  control(kind, t, reason) {
    this._close();
    this._waiting = null;
    this._seq += 1;
    this._outbox.add({ first: this._seq, last: this._seq, data: packControl(kind, this._seq, t, reason) });
    this._socket.nudge();
  }

  /** @param {number} t seconds @param {string} reason */
  finish(t, reason) {
    this.control(KIND.finish, t, reason);
  }

  /** @param {import("./message.js").Frame} frame */
  _record(frame) {
    this._waiting = null;
    if (frame.t - this._recordedT < RECORD_EVERY_S) return;
    this._recordedT = frame.t;
    const first = this._batch[0];
    if (first && (first.width !== frame.width || first.height !== frame.height)) this._close();
    this._batch.push(frame);
    if (this._batch.length === MAX_FRAMES || frame.t - this._batch[0].t >= MESSAGE_SPAN_S) this._close();
  }

  /** What was being batched becomes a message. */
  _close() {
    const batch = this._batch;
    this._batch = [];
    if (batch.length) this._number(batch);
  }

  /** @param {import("./message.js").Frame[]} frames */
  _number(frames) {
    const first = this._seq + 1;
    this._seq += frames.length;
    this._outbox.add({ first, last: this._seq, data: packFrames(frames, first) });
    this._socket.nudge();
  }
}
