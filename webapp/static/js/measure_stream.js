import { packControl, packFrames } from "./message.js";

const MOST = 400; // messages in one request: some hundred kilobytes after a long cut
const EVERY_MS = 120;
const AGAIN_MS = 1000;
const ANSWER_WITHIN_MS = 15000;
const REFUSED = { 401: "not_allowed", 403: "not_allowed", 404: "not_found" };

/**
 * @typedef {object} Handlers
 * @property {(view: any) => void} answered what to show now
 * @property {(cut: boolean) => void} connection whether the server is away; it is tried again by itself
 * @property {(cause: string) => void} ended for good, as a key of `texts.trouble`
 * @property {(reply: {url?: string, problem?: {title: string, text: string}}) => void} done
 */

/**
 * The frames of one measurement on their way to the server, in order and numbered from 1. Every message stays here until
 * the result is there: the server says how far it has come, and after a cut, or a restart, it goes on from there.
 */
export class MeasureStream {
  /**
   * @param {{frames: string, result: string, ticket: string, csrf: string}} way
   * @param {Handlers} on
   * @param {{fetch: typeof fetch, wait: (ms: number) => Promise<void>}} [world]
   */
  constructor(way, on, world = { fetch: (...ask) => fetch(...ask), wait }) {
    this._way = way;
    this._on = on;
    this._world = world;
    this._messages = /** @type {ArrayBuffer[]} the one with number n stands at n - 1 */ ([]);
    this._seen = 0;
    this._finish = false;
    this._over = false;
    this._running = false;
  }

  /** @param {import("./message.js").Frame} frame */
  push(frame) {
    this._add(packFrames([frame], this._messages.length + 1));
  }

  /** @param {number} kind one of KIND @param {number} t seconds */
  control(kind, t) {
    this._add(packControl(kind, this._messages.length + 1, t));
  }

  /** Nothing follows: ask for the result, when all has arrived. */
  finish() {
    this._finish = true;
    this._run();
  }

  /** The measurement is given up. */
  close() {
    this._over = true;
  }

  /** @param {ArrayBuffer} message */
  _add(message) {
    if (this._finish || this._over) return;
    this._messages.push(message);
    this._run();
  }

  /** One request at a time, as long as there is something to say. */
  async _run() {
    if (this._running) return;
    this._running = true;
    while (!this._over) {
      if (this._seen < this._messages.length) await this._send();
      else if (this._finish) await this._ask();
      else break;
    }
    this._running = false;
  }

  async _send() {
    const reply = await this._post(this._way.frames, new Blob(this._messages.slice(this._seen, this._seen + MOST)));
    if (!reply) return;
    this._seen = reply.seen;
    if (!this._over) this._on.answered(reply.view);
    if (!this._finish) await this._world.wait(EVERY_MS);
  }

  async _ask() {
    const reply = await this._post(this._way.result, new URLSearchParams({ last: String(this._messages.length) }));
    if (!reply) return;
    if (reply.seen !== undefined) {
      this._seen = reply.seen; // the server has begun anew
      return;
    }
    this._over = true;
    this._on.done(reply);
  }

  /** @param {string} url @param {BodyInit} body @returns {Promise<any>} nothing when it is to be tried again, or is over */
  async _post(url, body) {
    const headers = { "X-CSRFToken": this._way.csrf, "X-Assessment": this._way.ticket, Accept: "application/json" };
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const answer = await this._world.fetch(url, { method: "POST", headers, body, signal }).catch(() => null);
    const reply = answer?.ok ? await answer.json().catch(() => null) : null;
    const cause = reply?.error ?? REFUSED[answer?.status ?? 0];
    if (cause) {
      this._over = true;
      this._on.ended(cause);
      return null;
    }
    this._on.connection(!reply);
    if (!reply) await this._world.wait(AGAIN_MS);
    return reply;
  }
}

/** @param {number} ms @returns {Promise<void>} */
function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
