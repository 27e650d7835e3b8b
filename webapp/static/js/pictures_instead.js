import { RemoteLandmarker } from "./remote_landmarker.js";
import { Trouble } from "./trouble.js";

/** Why this browser's own landmarker may be unable, where pictures help. */
const CAUSES = new Set(["old_browser", "no_webgl", "no_model"]);

/** Where only the browser's own model is missing, the clinic's computer may look at pictures: after a yes, never before. */
export class PicturesInstead {
  /** @param {any} data of the page @param {import("./live_view.js").LiveView} view */
  constructor(data, view) {
    this._data = data;
    this._view = view;
  }

  /** @param {unknown} cause of the browser's own landmarker */
  helps(cause) {
    return this._data.pictures.taken && CAUSES.has(String(cause));
  }

  /** After the patient's yes, now or earlier. Never without one. Throws Trouble. @returns {Promise<RemoteLandmarker>} */
  async landmarker() {
    if (!this._data.pictures.agreed) await this._yes();
    const { urls, csrf } = this._data;
    const headers = { "X-CSRFToken": csrf, Accept: "application/json" };
    const answer = await fetch(urls.pictures, { method: "POST", headers }).catch(() => null);
    if (!answer?.ok) throw new Trouble(answer?.status === 401 ? "not_allowed" : "pictures_failed");
    if (!(await answer.json()).room) throw new Trouble("pictures_full");
    return new RemoteLandmarker();
  }

  /**
   * Pictures go over this socket from now on, and the page says so.
   * @param {RemoteLandmarker} landmarker @param {import("./live_socket.js").LiveSocket} socket
   */
  send(landmarker, socket) {
    landmarker.through((atMs, jpeg) => socket.picture(atMs, jpeg));
    this._data.texts.away = this._data.texts.away_pictures; // without the clinic's computer nothing can be recorded
    this._view.show("sends-pictures", true);
  }

  /** Asks, and waits; who says no leaves by one of the links beside the question. @returns {Promise<void>} */
  _yes() {
    this._view.go("pictures");
    return new Promise((resolve) => (this._view.el("pictures-yes").onclick = () => resolve()));
  }
}
