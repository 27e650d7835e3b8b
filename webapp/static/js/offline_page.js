import { fill } from "./cue_board.js";
import { Leftovers } from "./leftovers.js";
import { Outbox } from "./outbox.js";

const LOOK_EVERY_MS = 3000;

/** Without a network: says what waits on this device; when the network is back, sends it and opens the page again. */
class OfflinePage {
  /** @param {any} data written into the page by the server */
  constructor(data) {
    this.data = data;
    this.busy = false;
    /** @type {HTMLElement} */ (document.getElementById("again")).addEventListener("click", () => this.look());
    addEventListener("online", () => this.look());
    setInterval(() => this.look(), LOOK_EVERY_MS);
    this.tell();
  }

  async tell() {
    const seconds = (await Outbox.left()).reduce((sum, left) => sum + left.seconds, 0);
    this.write(seconds ? fill(this.data.waits, { seconds: Math.round(seconds) }) : this.data.none);
  }

  async look() {
    if (this.busy) return;
    this.busy = true;
    const answer = await fetch(this.data.health, { cache: "no-store" }).catch(() => null);
    if (answer?.ok) await this.send();
    this.busy = false;
  }

  async send() {
    const all = (await Outbox.left()).filter(await nobodys());
    if (all.length) this.write(this.data.sending);
    let sent = true;
    for (const left of all) sent = (await this._one(left).catch(() => false)) && sent;
    this.write(sent ? this.data.sent : this.data.later);
    location.reload();
  }

  /** @param {import("./outbox.js").Left} left @returns {Promise<boolean>} */
  async _one(left) {
    const answer = await fetch(this.data.exercise.replace("EXERCISE", encodeURIComponent(left.from.prescription)));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const live = page.getElementById("live-data"); // missing when the login is over: sent after the next one
    if (!live) return false;
    const { urls, csrf } = JSON.parse(live.textContent ?? "{}");
    return new Leftovers(left, { tokenUrl: urls.token, csrf }).send();
  }

  /** @param {string} text */
  write(text) {
    /** @type {HTMLElement} */ (document.getElementById("waiting")).textContent = text;
  }
}

/** Whether a session is no other window's, which would send by itself. @returns {Promise<(left: import("./outbox.js").Left) => boolean>} */
async function nobodys() {
  const held = (await navigator.locks?.query())?.held ?? [];
  return ({ session }) => !held.some((lock) => lock.name === `coach-session-${session}`);
}

new OfflinePage(JSON.parse(/** @type {HTMLElement} */ (document.getElementById("offline-data")).textContent ?? "{}"));
