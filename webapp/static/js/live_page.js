import { Capture } from "./capture.js";
import { CueBoard } from "./cue_board.js";
import { Flow } from "./flow.js";
import { Gauge } from "./gauge.js";
import { Ghost } from "./ghost.js";
import { Guide } from "./guide.js";
import { Landmarker } from "./landmarker.js";
import { LiveSocket } from "./live_socket.js";
import { LiveView } from "./live_view.js";
import { KIND, quantise } from "./message.js";
import { OtherExercise } from "./other_exercise.js";
import { Outbox } from "./outbox.js";
import { Overlay } from "./overlay.js";
import { camera, clip } from "./picture_source.js";
import { SessionClock } from "./session_clock.js";
import { hold } from "./session_lock.js";
import { Stream } from "./stream.js";
import { Ticker } from "./ticker.js";
import { Voice } from "./voice.js";

const KEEP_MEASURES = 2000;
/** A light body in a dark line: one of the two is seen on any wall. */
const GHOST = { near: "#d8fff6", far: "#a9dcd2", line: "#06332f" };

/** Puts the parts together: pictures -> landmarks -> stream -> server -> flow -> view. */
class LivePage {
  /** @param {any} data written into the page by the server */
  constructor(data) {
    this.data = data;
    this.view = new LiveView(/** @type {HTMLElement} */ (document.getElementById("live")), data.texts);
    this.voice = new Voice(data.language);
    this.guide = new Guide(data.guide_first);
    const gauge = new Gauge(this.view.el("gauge"), this.view.el("gauge-word"), data.texts.gauge);
    const cues = new CueBoard(data.cues, this.voice, (cue) => this.view.cue(cue));
    this.other = new OtherExercise(data.program, data.texts.looks_like, this.view);
    this.flow = new Flow({ data, view: this.view, voice: this.voice, guide: this.guide, gauge, cues, other: this.other, onDone: () => this.finish("finished") });
    this.overlay = new Overlay(this.view.el("overlay"), data.edges);
    this.landmarker = new Landmarker({ wasm: new URL(data.urls.wasm, location.href).href, model: data.urls.model });
    this.loaded = this.landmarker.load();
    this.unable = /** @type {Error | null} */ (null);
    this.loaded.catch((error) => (this.unable = error)); // told when it is needed
    this.ghost = /** @type {Ghost | null} */ (null);
    this.ghostOn = true;
    this.still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.colours = this.view.figureColours();
    this.finishing = 0;
    this.paused = false;
    this.next = ""; // where to after saving: the session's own page, if nothing else
    this.sentMs = new Map();
    this._listen();
    this._demonstrate();
    new Ticker((nowMs, draw) => this._tick(nowMs, draw));
    if (data.source === "clip") this.start(clip(data.urls.clip));
  }

  /** @param {import("./picture_source.js").PictureSource} source */
  async start(source) {
    if (this.unable) return this.trouble(this.unable.cause ?? "unknown", this.unable); // without asking for the camera
    this.source = source;
    this.view.stage(source.name === "camera");
    try {
      await source.open(this.view.el("video"), () => this.trouble("camera_lost"));
      this.view.go("setup");
      await this.loaded;
    } catch (error) {
      return this.trouble(error.cause ?? "unknown", error);
    }
    this.view.show("wait", false);
    this.capture = new Capture(this.view.el("video"), this.landmarker, (found, atMs) => this._found(found, atMs), (error) => this.trouble(error.cause ?? "unknown", error));
    this._connect(source.name);
  }

  /** @param {string} reason */
  finish(reason) {
    if (this.finishing) return;
    if (!this.stream) return location.assign(this.data.urls.today); // nothing was done yet
    this.capture?.stop();
    this.source?.close();
    this.stream.finish(this.clock.at(), reason);
    this.finishing = this.stream.last;
    this.view.write("saving-text", this.socket.behind ? this.data.texts.saving_offline : this.data.texts.saving);
    this.view.go("saving");
  }

  /** @param {boolean} on */
  pause(on) {
    if (!this.stream || this.finishing || on === this.paused) return;
    this.paused = on;
    this.overlay.clear(); // a body that stands still over a picture that moves is not theirs
    this.stream.control(on ? KIND.pause : KIND.resume, this.clock.at());
    this.view.show("paused", on);
    if (on) this.capture.stop();
    else this.capture.start();
    this.view.focus(on ? "resume" : "pause");
  }

  /** Nothing counts while somebody reads the question; who was in a pause before stays in it. */
  _askWhy() {
    const wasPaused = this.paused;
    this.pause(true);
    this.view.askReason((reason) => (reason ? this.finish(reason) : wasPaused || this.pause(false)));
  }

  /** @param {string} cause @param {Error} [error] */
  trouble(cause, error) {
    if (error) console.warn(error);
    this.capture?.stop();
    this.source?.close();
    if (cause !== "taken") this.stream?.control(KIND.pause, this.clock.at());
    this.view.trouble(cause);
  }

  /** @param {string} source */
  _connect(source) {
    const { prescription, short, urls, csrf } = this.data;
    this.socket = new LiveSocket({ prescription, source, short }, { tokenUrl: urls.token, csrf }, {
      opened: (opened) => this._opened(opened),
      answered: (reply, entry) => this._answered(reply, entry),
      cut: () => this.view.connection(this.stream ? this.data.texts.away : this.data.texts.unanswered),
      back: () => this.view.connection(""),
      ended: (cause) => this._ended(cause),
    });
    this.socket.connect();
  }

  /** @param {import("./live_socket.js").Opened} opened */
  async _opened(opened) {
    this.session = opened.session;
    this._prescribe(opened.prescribed);
    if (this.stream) {
      this.view.connection(this.data.texts.catching_up);
      return this.outbox;
    }
    hold(opened.session, () => this._ended("taken"));
    this.outbox = await Outbox.open(opened.session);
    this.clock = new SessionClock(Math.max(opened.t_s, this.outbox.lastT), opened.elapsed_s);
    this.stream = new Stream(this.outbox, this.socket, opened.seen);
    this.flow.resume(opened.reps);
    if (opened.resumed) this.stream.control(KIND.resume, this.clock.at());
    this.capture.start();
    return this.outbox;
  }

  /** Show what the session is judged by; the page may have been loaded before a change. @param {any} prescribed */
  _prescribe(prescribed) {
    this.data.prescribed = prescribed;
    this.view.write("tempo", prescribed.tempo);
    this.ghost?.last(prescribed.period_s);
  }

  /** @param {import("./landmarker.js").Landmarks} found @param {number} atMs */
  _found(found, atMs) {
    if (this.finishing || this.paused) return;
    this.overlay.draw(found, (context) => this._accompany(context, atMs));
    this.guide.see(found.light);
    const { image, world, width, height } = found;
    const values = image && world ? quantise(image, world, width, height) : null;
    const before = this.stream.last;
    this.stream.push({ t: this.clock.at(atMs), width, height, values });
    if (this.stream.last > before) this.sentMs.set(this.stream.last, atMs);
    if (image && this.flow.atStart) this.ghost?.standAt(image.map((point) => [point.x * width, point.y * height]));
  }

  /** @param {any} reply @param {import("./outbox.js").Entry} entry */
  _answered(reply, entry) {
    const nowMs = performance.now();
    this.flow.take(reply, nowMs);
    if (reply.error === "storage") this.view.connection(this.data.texts.storage);
    else if (!this.socket.behind) this.view.connection("");
    this._measure(entry.last, nowMs);
    this.stream.answered();
    if (this.finishing && reply.durable >= this.finishing) this._leave();
  }

  /** Capture to feedback, for whoever measures this page. @param {number} seq @param {number} nowMs */
  _measure(seq, nowMs) {
    const start = this.sentMs.get(seq);
    this.sentMs.delete(seq);
    if (start === undefined) return;
    performance.measure("capture-to-feedback", { start, end: nowMs });
    if (seq % KEEP_MEASURES === 0) performance.clearMeasures();
  }

  /** @param {string} cause */
  _ended(cause) {
    this.socket?.close();
    if (cause === "over" && this.finishing) return this._leave();
    this.trouble(cause);
  }

  _leave() {
    this.socket.close();
    location.assign(this.next || this.data.urls.session.replace("SESSION", this.session));
  }

  async _demonstrate() {
    const answer = await fetch(this.data.urls.movement).catch(() => null);
    if (answer?.ok) this.ghost = new Ghost(await answer.json(), this.data.prescribed.period_s);
  }

  /** @param {number} nowMs @param {boolean} draw */
  _tick(nowMs, draw) {
    this.flow.tick(nowMs);
    if (!draw || !this.ghost) return;
    const canvas = { intro: "demo-intro", exercise: "demo" }[this.view.step ?? ""];
    if (canvas) this.ghost.demonstrate(this.view.el(canvas), nowMs, this.still, this.colours, this.source?.name === "camera");
  }

  /** @param {CanvasRenderingContext2D} context of the overlay @param {number} nowMs */
  _accompany(context, nowMs) {
    if (this.ghostOn && this.view.step === "exercise") this.ghost?.accompany(context, nowMs, this.still, GHOST);
  }

  _listen() {
    const { view, data } = this;
    view.onStart("use-camera", () => this.start(camera()));
    view.onStart("use-clip", () => this.start(clip(data.urls.clip)));
    view.onClick("again", () => location.reload());
    view.onClick("pause", () => this.pause(true));
    view.onClick("resume", () => this.pause(false));
    view.onClick("stop", () => this._askWhy());
    view.onClick("looks-like-switch", () => this._switch());
    view.onClick("looks-like-keep", () => this.other.decline());
    view.onClick("mute", () => this._mute());
    view.onClick("ghost-switch", () => this._switchGhost());
    view.onKeys({ " ": () => this.pause(!this.paused), s: () => view.el("stop").click(), m: () => this._mute(), g: () => this._switchGhost() });
    document.addEventListener("visibilitychange", () => document.hidden && this.pause(true));
    this.view.voice(this.voice);
    this.voice.onChange(() => this.view.voice(this.voice));
    this._switchGhost(true);
  }

  /** Save what was done here, then open the exercise that was suggested. */
  _switch() {
    this.next = this.other.url;
    this.finish("other");
  }

  _mute() {
    this.voice.toggle();
    this.view.voice(this.voice);
  }

  /** @param {boolean} [on] */
  _switchGhost(on = !this.ghostOn) {
    this.ghostOn = on;
    this.view.press("ghost-switch", on, on ? this.data.texts.ghost_on : this.data.texts.ghost_off);
  }
}

new LivePage(JSON.parse(/** @type {HTMLElement} */ (document.getElementById("live-data")).textContent ?? "{}"));
