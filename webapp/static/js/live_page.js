import { Aloud } from "./aloud.js";
import { Capture } from "./capture.js";
import { CueBoard } from "./cue_board.js";
import { DemoClock } from "./demo_clock.js";
import { Flow } from "./flow.js";
import { Gauge } from "./gauge.js";
import { Ghost } from "./ghost.js";
import { Guide } from "./guide.js";
import { HandsFree } from "./hands_free.js";
import { Landmarker } from "./landmarker.js";
import { LiveSocket } from "./live_socket.js";
import { LiveView } from "./live_view.js";
import { KIND, quantise } from "./message.js";
import { NextUp } from "./next_up.js";
import { OtherExercise } from "./other_exercise.js";
import { Outbox } from "./outbox.js";
import { Overlay } from "./overlay.js";
import { camera, clip } from "./picture_source.js";
import { PicturesInstead } from "./pictures_instead.js";
import { RemoteLandmarker } from "./remote_landmarker.js";
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
  /** @param {any} data written into the page by the server @param {Landmarker | RemoteLandmarker} [landmarker] of the exercise before */
  constructor(data, landmarker) {
    this.data = data;
    this.over = new AbortController(); // ends what listens to the whole document
    this.view = new LiveView(/** @type {HTMLElement} */ (document.getElementById("live")), data.texts);
    this.voice = new Voice(data.language);
    this.aloud = new Aloud(this.voice, data.aloud, data.words);
    this.guide = new Guide(data.guide_first);
    const gauge = new Gauge(this.view.el("gauge"), this.view.el("gauge-word"), data.texts.gauge);
    const cues = new CueBoard(data.cues, this.voice, (cue) => this.view.cue(cue));
    this.other = new OtherExercise(data.program, data.texts.looks_like, this.view);
    this.flow = new Flow({ data, view: this.view, voice: this.voice, aloud: this.aloud, guide: this.guide, gauge, cues, other: this.other, onDone: () => this.finish("finished") });
    this.overlay = new Overlay(this.view.el("overlay"), data.edges);
    this.landmarker = landmarker ?? new Landmarker({ wasm: new URL(data.urls.wasm, location.href).href, model: data.urls.model });
    this.loaded = landmarker ? Promise.resolve() : this.landmarker.load();
    this.instead = new PicturesInstead(data, this.view);
    this.unable = /** @type {Error | null} */ (null);
    this.loaded.catch((error) => (this.unable = error)); // told when it is needed
    this.ghost = /** @type {Ghost | null} */ (null);
    this.ghostOn = true;
    this.still = matchMedia("(prefers-reduced-motion: reduce)").matches || data.still;
    this.demo = new DemoClock();
    this.hands = new HandsFree(data, this.view, (command) => this._command(command));
    this.nextUp = data.next && new NextUp(data.next, data.texts.next_up, this.view, { go: () => this._goOn(), stay: () => this._leave() });
    this.colours = this.view.figureColours();
    this.finishing = 0;
    this.paused = false;
    this.next = ""; // where to after saving: the session's own page, if nothing else
    this.sentMs = new Map();
    this._listen();
    this._demonstrate();
    this.ticker = new Ticker((nowMs, draw) => this._tick(nowMs, draw));
    if (data.source === "clip") this.start(clip(data.urls.clip));
    if (data.auto) this._begin();
  }

  /** @param {import("./picture_source.js").PictureSource} source */
  async start(source) {
    if (this.unable) return this._unable(source, this.unable); // without asking for the camera
    this.source = source;
    this.view.stage(source.name === "camera");
    try {
      await source.open(this.view.el("video"), () => this.trouble("camera_lost"));
      this.view.go("setup");
      await this.loaded;
    } catch (error) {
      return this._unable(source, error);
    }
    this.view.show("wait", false);
    this.capture = new Capture(this.view.el("video"), this.landmarker, (found, atMs) => this._found(found, atMs), (error) => this.trouble(error.cause ?? "unknown", error));
    this._connect(source.name);
  }

  /** @param {import("./picture_source.js").PictureSource} source @param {Error} error */
  async _unable(source, error) {
    if (!this.instead.helps(error.cause)) return this.trouble(error.cause ?? "unknown", error);
    this._stopLooking();
    try {
      this.landmarker = await this.instead.landmarker();
    } catch (trouble) {
      return this.trouble(trouble.cause, trouble);
    }
    [this.loaded, this.unable] = [this.landmarker.load(), null];
    return this.start(source);
  }

  /** @param {string} reason */
  finish(reason) {
    if (this.finishing) return;
    if (!this.stream) return location.assign(this.data.urls.today); // nothing was done yet
    this.goesOn = reason === "finished" && Boolean(this.nextUp) && this.source.name === "camera";
    if (!this.goesOn) this._stopLooking();
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
    this.aloud.pause(on);
    if (document.hidden) this.capture.stop(); // else it goes on looking for the gesture
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
    this._stopLooking();
    if (cause !== "taken") this.stream?.control(KIND.pause, this.clock.at());
    this.view.trouble(cause);
  }

  /** @param {string} source */
  _connect(source) {
    const { prescription, short, urls, csrf } = this.data;
    this.from = { prescription, source, short };
    this.socket = new LiveSocket(this.from, { tokenUrl: urls.token, csrf }, {
      opened: (opened) => this._opened(opened),
      answered: (reply, entry) => this._answered(reply, entry),
      cut: () => this._say(this.stream ? this.data.texts.away : this.data.texts.unanswered),
      back: () => this._say(""),
      ended: (cause) => this._ended(cause),
    });
    if (this.landmarker instanceof RemoteLandmarker) this.instead.send(this.landmarker, this.socket);
    this.socket.connect();
  }

  /** @param {import("./live_socket.js").Opened} opened */
  async _opened(opened) {
    this.session = opened.session;
    this._prescribe(opened.prescribed);
    if (this.stream) {
      this._say(this.data.texts.catching_up);
      return this.outbox;
    }
    hold(opened.session, () => this._ended("taken"));
    this.outbox = await Outbox.open(opened.session, this.from);
    this.clock = new SessionClock(Math.max(opened.t_s, this.outbox.lastT), opened.elapsed_s);
    this.stream = new Stream(this.outbox, this.socket, opened.seen);
    this.flow.resume(opened.reps);
    if (opened.resumed) this.stream.control(KIND.resume, this.clock.at());
    this.capture.start();
    return this.outbox;
  }

  /** The state of the connection. @param {string} text */
  _say(text) {
    this.view.connection(text);
    this.aloud.say("connection", text);
  }

  /** Show what the session is judged by; the page may have been loaded before a change. @param {any} prescribed */
  _prescribe(prescribed) {
    this.data.prescribed = prescribed;
    this.view.write("tempo", prescribed.tempo);
    this.ghost?.last(prescribed.period_s);
  }

  /** @param {import("./landmarker.js").Landmarks} found @param {number} atMs */
  _found(found, atMs) {
    this.hands.see(found, atMs, this.nextUp?.running ? "next" : this.paused ? "resume" : "pause");
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
    if (reply.error === "storage") this._say(this.data.texts.storage);
    else if (!this.socket.behind) this._say("");
    this._measure(entry.last, nowMs);
    this.stream.answered();
    if (this.finishing && reply.durable >= this.finishing) this._saved();
  }

  _saved() {
    this.socket.close();
    if (!this.goesOn) return this._leave();
    if (!this.nextUp.running) this.nextUp.begin(performance.now());
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
    if (cause === "over" && this.finishing) return this._saved();
    this.trouble(cause);
  }

  _leave() {
    this._stopLooking();
    location.assign(this.next || this.data.urls.session.replace("SESSION", this.session));
  }

  _stopLooking() {
    this.capture?.stop();
    this.source?.close();
  }

  /** The next exercise in the same document: the model stays warm, and the voice stays allowed. */
  async _goOn() {
    const { url } = this.data.next;
    const answer = await fetch(url).catch(() => null);
    const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
    const [root, data] = ["live", "live-data"].map((id) => page?.getElementById(id));
    if (!root || !data) return this._leave();
    this._stopLooking();
    this.hands.close();
    this.over.abort();
    this.ticker.stop();
    document.getElementById("live")?.replaceWith(root);
    history.pushState({}, "", url);
    document.title = page?.title ?? document.title;
    new LivePage(JSON.parse(data.textContent ?? "{}"), this.landmarker);
  }

  /** What someone who cannot reach the screen wants. @param {string} command */
  _command(command) {
    if (this.nextUp?.running) return command === "stop" ? this.nextUp.stay() : command !== "pause" && this.nextUp.go();
    if (command === "back") return this.demo.back();
    if (this.view.step === "intro") return command === "start" && this._begin();
    if (this.view.step !== "exercise" || this.finishing) return;
    if (command === "stop" || command === "next") this.finish(command === "stop" ? "other" : "finished");
    if (command === "held") this.pause(!this.paused);
    if (command === "pause") this.pause(true);
    if (command === "start" || command === "resume") this.pause(false);
  }

  /** By itself or by voice: with the camera, after saying what comes. */
  _begin() {
    this.voice.say("next", `${this.data.name}. ${this.data.short_words}`, { urgent: true });
    return this.start(camera());
  }

  async _demonstrate() {
    const answer = await fetch(this.data.urls.movement).catch(() => null);
    if (answer?.ok) this.ghost = new Ghost(await answer.json(), this.data.prescribed.period_s);
  }

  /** @param {number} nowMs @param {boolean} draw */
  _tick(nowMs, draw) {
    this.flow.tick(nowMs);
    this.nextUp?.tick(nowMs);
    const demoMs = this.demo.at(nowMs);
    if (!draw || !this.ghost) return;
    const canvas = { intro: "demo-intro", exercise: "demo" }[this.view.step ?? ""];
    if (canvas) this.ghost.demonstrate(this.view.el(canvas), demoMs, this.still && !this.demo.asked, this.colours, this.source?.name === "camera");
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
    view.onClick("next-now", () => this.nextUp.go());
    view.onClick("next-stay", () => this.nextUp.stay());
    for (const where of ["intro", "panel"]) this._demoButtons(where);
    view.onKeys({ " ": () => this.pause(!this.paused), s: () => view.el("stop").click(), m: () => this._mute(), g: () => this._switchGhost(), b: () => this.demo.back() }, this.over.signal);
    document.addEventListener("visibilitychange", () => this._hidden(), { signal: this.over.signal });
    this.view.voice(this.voice);
    this.voice.onChange(() => this.view.voice(this.voice));
    this._switchGhost(true);
  }

  /** @param {string} where `intro` or `panel` */
  _demoButtons(where) {
    const { view, demo, data } = this;
    view.onClick(`demo-back-${where}`, () => demo.back());
    view.onClick(`demo-halt-${where}`, () => {
      demo.toggle();
      view.press(`demo-halt-${where}`, !demo.playing, demo.playing ? data.texts.demo_halt : data.texts.demo_play);
    });
  }

  /** Nobody is in front of a page that is not shown: it looks at nothing. */
  _hidden() {
    if (document.hidden) this.pause(true);
    if (document.hidden) this.capture?.stop();
    else if (this.paused) this.capture?.start();
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
