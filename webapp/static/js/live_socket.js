import { io } from "../vendor/socket.io.esm.min.js";
import { asGaps, KIND } from "./message.js";

const MAX_UNANSWERED = 2;
const ANSWER_WITHIN_MS = 15000;
const SLOW_DOWN_MS = 1000;
const REOPEN_MS = 300;
const FINAL = new Set(["taken", "over", "not_found", "not_allowed"]);

/**
 * @typedef {object} Opened
 * @property {string} session
 * @property {number} epoch
 * @property {number} seen
 * @property {number} t_s
 * @property {number} elapsed_s
 * @property {boolean} resumed
 * @property {object[]} reps the `rep` events so far
 * @property {object} prescribed what the session is judged by, as the page shows it
 */

/**
 * @typedef {object} Handlers
 * @property {(opened: Opened) => Promise<import("./outbox.js").Outbox>} opened gives back the session's outbox
 * @property {(reply: any, entry: import("./outbox.js").Entry) => void} answered
 * @property {() => void} cut the connection is gone, or did not come about; it is tried again by itself
 * @property {() => void} back connected again, and everything that waited has been sent
 * @property {(cause: string) => void} ended for good: `taken`, `over`, `not_found`, `not_allowed`
 */

/** Sends the outbox in order over one socket, at most two messages unanswered, and starts again where the server says. */
export class LiveSocket {
  /**
   * @param {{prescription: string, source: string, short: boolean}} ask
   * @param {{tokenUrl: string, csrf: string}} way
   * @param {Handlers} on
   */
  constructor(ask, way, on) {
    this._ask = ask;
    this._way = way;
    this._on = on;
    this._outbox = /** @type {import("./outbox.js").Outbox | null} */ (null);
    this._sent = 0;
    this._unanswered = 0;
    this._round = 0;
    this._live = false;
    this._caughtUp = false;
    this._socket = io(`${location.origin}/live`, {
      transports: ["websocket"],
      autoConnect: false,
      reconnectionDelay: 300,
      reconnectionDelayMax: 3000,
      auth: (give) => this._token().then((token) => give({ token })),
    });
    this._socket.on("connect", () => this._open());
    this._socket.on("disconnect", () => this._lost());
    this._socket.on("connect_error", (error) => this._refused(error));
    this._socket.on("taken", () => this._end("taken"));
  }

  connect() {
    this._socket.connect();
  }

  /** Whether a frame captured now would be judged at once. */
  get ready() {
    return this._live && this._caughtUp && this._unanswered < MAX_UNANSWERED;
  }

  /** Whether frames should be recorded for later, because the server is away or still busy with the past. */
  get behind() {
    return !this._live || !this._caughtUp;
  }

  /** Something new is in the outbox. */
  nudge() {
    while (this._live && this._outbox && this._unanswered < MAX_UNANSWERED) {
      const entry = this._outbox.next(this._sent);
      if (!entry) break;
      this._sent = entry.last;
      this._send(entry);
    }
    this._checkCaughtUp();
  }

  /** A picture to be looked at. @param {number} atMs @param {ArrayBuffer} jpeg @returns {Promise<any>} null when no answer came */
  async picture(atMs, jpeg) {
    return this._live ? this._emit("picture", atMs, jpeg) : null;
  }

  /** Leave, so that the server keeps what it has, and come back to hear how far that is. */
  again() {
    this._again(REOPEN_MS);
  }

  close() {
    this._live = false;
    this._socket.disconnect();
  }

  async _open() {
    const round = (this._round += 1);
    const answer = await this._emit("open", this._ask);
    if (round !== this._round) return;
    if (!answer) return this._again();
    if (answer.error) return FINAL.has(answer.error) ? this._end(answer.error) : this._again(SLOW_DOWN_MS);
    this._ask = { ...this._ask, session: answer.session, epoch: answer.epoch };
    this._outbox = await this._on.opened(answer);
    this._outbox.forget(answer.seen);
    this._sent = answer.seen;
    this._unanswered = 0;
    this._live = true;
    this.nudge();
  }

  /** @param {import("./outbox.js").Entry} entry */
  async _send(entry) {
    const round = this._round;
    this._unanswered += 1;
    const reply = await this._emit("frames", entry.data);
    if (round !== this._round) return;
    this._unanswered -= 1;
    if (!reply) return this._again();
    if (FINAL.has(reply.error)) return this._end(reply.error);
    if (reply.error === "not_open") return this._again();
    const full = reply.error === "storage" && reply.seen < entry.last;
    if (full || reply.error === "slow_down" || reply.error === "internal") return this._again(SLOW_DOWN_MS);
    this._heed(reply, entry);
    this.nudge();
  }

  /** @param {any} reply @param {import("./outbox.js").Entry} entry */
  _heed(reply, entry) {
    if (reply.error === "malformed" && new Uint8Array(entry.data)[1] === KIND.frames) {
      this._outbox?.replace({ ...entry, data: asGaps(entry.data) });
    }
    if (reply.seen < entry.last) this._sent = Math.min(this._sent, reply.seen);
    this._outbox?.forget(reply.durable);
    this._on.answered(reply, entry);
  }

  _checkCaughtUp() {
    if (this._caughtUp || !this._live || this._outbox?.next(this._sent)) return;
    this._caughtUp = true;
    this._on.back();
  }

  _lost() {
    this._round += 1;
    this._live = this._caughtUp = false;
    this._on.cut();
  }

  /** Start over on a new connection. @param {number} [afterMs] */
  _again(afterMs = 0) {
    this._lost();
    this._socket.disconnect();
    setTimeout(() => this._socket.connect(), afterMs);
  }

  /** @param {string} cause */
  _end(cause) {
    this._round += 1;
    this._live = false;
    this._socket.disconnect();
    this._on.ended(cause);
  }

  /** @param {Error} error a refused handshake is not tried again by the library itself, an absent server is */
  _refused(error) {
    this._on.cut();
    if (error.message === "not_allowed") setTimeout(() => this._socket.connect(), SLOW_DOWN_MS);
  }

  /** @param {string} event @param {unknown[]} what @returns {Promise<any>} null when no answer came */
  async _emit(event, ...what) {
    try {
      return await this._socket.timeout(ANSWER_WITHIN_MS).emitWithAck(event, ...what);
    } catch {
      return null;
    }
  }

  /** @returns {Promise<string>} a one-time token, or nothing when the login is over or the server away */
  async _token() {
    try {
      const answer = await fetch(this._way.tokenUrl, { method: "POST", headers: { "X-CSRFToken": this._way.csrf, Accept: "application/json" } });
      if (answer.status === 401 || answer.status === 403) this._end("not_allowed");
      return answer.ok ? (await answer.json()).token : "";
    } catch {
      return "";
    }
  }
}
