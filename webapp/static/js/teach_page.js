import { Capture } from "./capture.js";
import { fill } from "./cue_board.js";
import { Demonstration } from "./demonstration.js";
import { readFilm } from "./film_reader.js";
import { Landmarker } from "./landmarker.js";
import { Overlay } from "./overlay.js";
import { camera } from "./picture_source.js";
import { Voice } from "./voice.js";

const COUNTDOWN_S = 5;
/** @type {[number, number][]} */
const EDGES = [
  [11, 12], [23, 24], [11, 23], [12, 24], [11, 13], [13, 15], [12, 14], [14, 16],
  [23, 25], [25, 27], [27, 31], [24, 26], [26, 28], [28, 32],
];

/** Show a movement to the camera, or choose a film of it; send its landmarks; go on to what was learned. */
class TeachPage {
  /** @param {HTMLElement} root @param {any} data */
  constructor(root, data) {
    this.root = root;
    this.data = data;
    this.voice = new Voice(data.language);
    this.overlay = new Overlay(this._el("overlay"), EDGES);
    this.landmarker = new Landmarker(data.paths);
    this.loaded = /** @type {Promise<void> | null} */ (null);
    this.source = /** @type {import("./picture_source.js").PictureSource | null} */ (null);
    this.capture = /** @type {Capture | null} */ (null);
    this.shown = new Demonstration();
    this.state = "ask";
    this.beganMs = 0;
    this._el("camera").addEventListener("click", () => this._try(() => this._openCamera()));
    this._el("file").addEventListener("change", () => this._try(() => this._readFile()));
    this._el("go").addEventListener("click", () => this._go());
    this._el("cancel").addEventListener("click", () => this._leave());
    this._el("again").addEventListener("click", () => this._try(() => this._send()));
  }

  /** @param {string} name @returns {any} */
  _el(name) {
    return this.root.querySelector(`[data-el=${name}]`);
  }

  /** @param {() => Promise<void>} act */
  async _try(act) {
    this._problem("");
    try {
      await act();
    } catch (error) {
      console.error(error);
      const { texts } = this.data;
      const camera = ["refused", "no_camera", "camera_busy", "camera_failed", "insecure"].includes(error.cause);
      this._leave();
      this._problem(texts[camera ? "no_camera" : error.cause] ?? texts.broken);
    }
  }

  async _ready() {
    this._say(this.data.texts.loading);
    this.loaded ??= this.landmarker.load();
    await this.loaded.catch((error) => {
      this.loaded = null;
      throw error;
    });
  }

  async _openCamera() {
    this._step("ready");
    this._stage(true);
    this.source = camera();
    await Promise.all([this.source.open(this._el("video"), () => this._leave()), this._ready()]);
    if (this.state !== "ready") return; // cancelled meanwhile
    this.capture = new Capture(this._el("video"), this.landmarker, (landmarks, atMs) => this._see(landmarks, atMs), () => {});
    this.capture.start();
    this._say(this.data.texts.get_ready);
    this._button(this.data.texts.begin);
    this._el("go").focus();
  }

  async _readFile() {
    const file = this._el("file").files[0];
    if (!file) return;
    this._step("reading");
    this._stage(false);
    await this._ready();
    this.shown = new Demonstration();
    await readFilm(this._el("video"), file, this.landmarker, this.data.most_s, (landmarks, t, share) => {
      this.overlay.draw(landmarks);
      this.shown.add(landmarks, t);
      this._say(fill(this.data.texts.reading, { percent: Math.round(100 * share) }));
      return this.state === "reading";
    });
    this._el("file").value = "";
    if (this.state === "reading") await this._send();
  }

  /** Begin the countdown, or end the recording. */
  _go() {
    if (this.state === "ready") {
      this.beganMs = performance.now() + 1000 * COUNTDOWN_S;
      this.shown = new Demonstration();
      this._step("counting");
      this._button(this.data.texts.end);
    } else if (this.state === "recording") this._end();
  }

  /** @param {import("./landmarker.js").Landmarks} landmarks @param {number} atMs */
  _see(landmarks, atMs) {
    this.overlay.draw(landmarks);
    const { texts } = this.data;
    if (this.state === "ready") this._say(landmarks.image ? texts.get_ready : texts.nobody);
    const t = (atMs - this.beganMs) / 1000;
    if (this.state === "counting") this._countDown(t);
    if (this.state !== "recording") return;
    this.shown.add(landmarks, t);
    this._say(fill(texts.recording, { seconds: Math.floor(t) }));
    if (this.shown.over || t > this.data.most_s - 0.5) this._end();
  }

  /** @param {number} t seconds, negative before it begins */
  _countDown(t) {
    const left = Math.ceil(-t);
    this._el("big").textContent = left > 0 ? String(left) : "";
    if (left > 0) {
      const said = fill(this.data.texts.in, { seconds: left });
      this._say(said);
      this.voice.say(`count:${left}`, left === COUNTDOWN_S ? said : String(left), { urgent: true });
    } else {
      this._step("recording");
      this.voice.say("go", this.data.texts.begin, { urgent: true });
    }
  }

  _end() {
    this.capture?.stop();
    this.voice.say("end", this.data.texts.end, { urgent: true });
    this._try(() => this._send());
  }

  async _send() {
    this._step("sending");
    this._say(this.data.texts.learning);
    const body = new FormData(this._el("form"));
    body.append("landmarks", this.shown.packed(), "landmarks.bin");
    let answer, told;
    try {
      answer = await fetch(this.data.teach, { method: "POST", body, headers: { "X-CSRFToken": this.data.csrf, Accept: "application/json" } });
      told = await answer.json();
    } catch {
      this._say("");
      this._problem(this.data.texts.failed);
      this._el("again").hidden = false;
      return;
    }
    if (answer.ok) {
      this.source?.close();
      location.assign(told.url);
      return;
    }
    this._leave();
    this._problem(told.problem ?? this.data.texts.failed);
  }

  /** Back to the choice; camera and recording are let go. */
  _leave() {
    this.capture?.stop();
    this.source?.close();
    this.source = null;
    const video = this._el("video");
    video.srcObject = null;
    video.removeAttribute("src");
    this.overlay.clear();
    this._el("stage").hidden = true;
    this._el("big").textContent = "";
    this._say("");
    this._step("ask");
  }

  /** @param {boolean} mirrored */
  _stage(mirrored) {
    this._el("stage").hidden = false;
    this._el("stage").classList.toggle("mirrored", mirrored);
  }

  /** @param {string} state */
  _step(state) {
    this.state = this.root.dataset.step = state;
    this._el("choose").hidden = state !== "ask";
    this._el("during").hidden = state === "ask";
    this._el("go").hidden = !["ready", "recording"].includes(state);
    this._el("again").hidden = true;
  }

  /** @param {string} text */
  _button(text) {
    this._el("go").textContent = text;
  }

  /** @param {string} text */
  _say(text) {
    const place = this._el("said");
    if (place.textContent !== text) place.textContent = text;
  }

  /** @param {string} text */
  _problem(text) {
    this._el("problem").hidden = !text;
    this._el("problem-text").textContent = text;
  }
}

const root = /** @type {HTMLElement} */ (document.getElementById("teach"));
new TeachPage(root, JSON.parse(/** @type {HTMLElement} */ (document.getElementById("teach-data")).textContent ?? "{}"));
