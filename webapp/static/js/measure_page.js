import { Capture } from "./capture.js";
import { DemoClock } from "./demo_clock.js";
import { Gauge } from "./gauge.js";
import { Ghost } from "./ghost.js";
import { Guide } from "./guide.js";
import { Landmarker } from "./landmarker.js";
import { LiveView } from "./live_view.js";
import { MeasureStream } from "./measure_stream.js";
import { shown } from "./measure_task.js";
import { KIND, quantise } from "./message.js";
import { Overlay } from "./overlay.js";
import { camera } from "./picture_source.js";
import { SessionClock } from "./session_clock.js";
import { Ticker } from "./ticker.js";
import { Voice } from "./voice.js";

const FIGURE_S = 4;
const LAST_WORD_MS = 2500;
const COUNTED = ["three", "two", "one", "go"];

/** Measures once: pictures -> landmarks -> server -> what to show; then the page of the result. */
class MeasurePage {
  /** @param {any} data written into the page by the server */
  constructor(data) {
    this.data = data;
    this.view = new LiveView(/** @type {HTMLElement} */ (document.getElementById("live")), data.texts);
    this.voice = new Voice(data.language);
    this.guide = new Guide(data.guide_first);
    this.gauge = new Gauge(this.view.el("gauge"), this.view.el("gauge-word"), { good: "", stop: "" });
    this.overlay = new Overlay(this.view.el("overlay"), data.edges);
    this.landmarker = new Landmarker({ wasm: new URL(data.urls.wasm, location.href).href, model: data.urls.model });
    this.loaded = this.landmarker.load();
    this.loaded.catch(() => {}); // told when it is needed
    this.stream = new MeasureStream({ ...data.urls, ...data }, {
      answered: (view) => this._answered(view),
      connection: (cut) => this.view.connection(cut ? data.texts.away : ""),
      ended: (cause) => this.trouble(cause),
      done: (reply) => this._done(reply),
    });
    this.clock = new SessionClock(0, 0);
    this.begun = this.going = this.ending = false;
    this.finishing = false;
    this.saidKey = "attempt:0";
    this._draw();
    this.view.onStart("use-camera", () => this.start());
    this.view.onClick("again", () => location.reload());
    this.view.onClick("stop", () => this.finish());
    this.view.onClick("mute", () => this._mute());
    this.view.voice(this.voice);
    this.voice.onChange(() => this.view.voice(this.voice));
    document.addEventListener("visibilitychange", () => document.hidden && this._hidden());
  }

  async start() {
    this.source = camera();
    this.view.stage(true);
    try {
      await this.source.open(this.view.el("video"), () => this.trouble("camera_lost"));
      this.view.go("setup");
      await this.loaded;
    } catch (error) {
      return this.trouble(error.cause ?? "unknown", error);
    }
    this.view.show("wait", false);
    this.capture = new Capture(this.view.el("video"), this.landmarker, (found, atMs) => this._found(found, atMs), (error) => this.trouble(error.cause ?? "unknown", error));
    this.capture.start();
  }

  /** All is done: by itself, or because somebody says so. */
  finish() {
    if (this.finishing) return;
    if (!this.begun) return location.assign(this.data.urls.back);
    this.finishing = true;
    this._stopLooking();
    this.view.go("saving");
    this.stream.finish();
  }

  /** @param {string} cause @param {Error} [error] */
  trouble(cause, error) {
    if (error) console.warn(error);
    this._stopLooking();
    this.stream.close();
    this.view.trouble(cause);
  }

  /** @param {import("./landmarker.js").Landmarks} found @param {number} atMs */
  _found(found, atMs) {
    if (this.finishing) return;
    this.overlay.draw(found);
    this.guide.see(found.light);
    const { image, world, width, height } = found;
    this.stream.push({ t: this.clock.at(atMs), width, height, values: image && world ? quantise(image, world, width, height) : null });
  }

  /** @param {any} view of the server */
  _answered(view) {
    if (this.finishing) return;
    const placed = view.state === "ready" || view.state === "measuring";
    if (!placed) this._place(view);
    else if (!this.begun) this._begin();
    if (this.begun && placed) this._show(view);
  }

  /** What is missing: a list before it begins, one line in the middle of it. @param {any} view */
  _place(view) {
    this.view.points(this.guide.update(view), this.data.guide);
    const next = this.guide.next;
    const text = next ? this.data.guide[next] : undefined;
    if (this.begun) this.view.write("hint", text?.show ?? this.data.texts.lost);
    if (next && text) this.voice.say(`guide:${next}`, text.say);
  }

  _begin() {
    const { kind, texts } = this.data;
    this.begun = true;
    this.going = kind === "motion";
    this.view.go("exercise");
    this.view.write("hint", texts.task);
    this.view.announce(texts.ready);
    if (this.going) this.voice.say("ready", texts.ready, { urgent: true });
    else this._countDown();
  }

  /** Three, two, one, go: what comes before does not count. */
  _countDown() {
    this.view.countdown();
    COUNTED.forEach((word, index) => setTimeout(() => this.voice.say(word, this.data.texts[word], { urgent: true }), 1000 * index));
    setTimeout(() => {
      this.going = true;
      this.stream.control(KIND.resume, this.clock.at());
    }, 1000 * (COUNTED.length - 1));
  }

  /** @param {any} view */
  _show(view) {
    if (!this.going) return;
    const now = shown(view, this.data);
    this.view.write("count", now.number);
    this.view.write("count-of", now.below);
    if (!this.ending) this.view.write("hint", now.hint);
    this.view.write("marks", now.marks);
    this.gauge.show(now.share, view.enough, performance.now());
    if (now.say && now.sayKey !== this.saidKey) this.voice.say(now.sayKey, now.say, { urgent: true });
    this.saidKey = now.sayKey;
    if (view.enough) this._enough();
  }

  _enough() {
    if (this.ending) return;
    this.ending = true;
    this.view.write("hint", this.data.texts.enough);
    this.view.announce(this.data.texts.enough);
    setTimeout(() => this.finish(), this.data.kind === "motion" ? LAST_WORD_MS : 0);
  }

  /** @param {{url?: string, problem?: {title: string, text: string}}} reply */
  _done(reply) {
    if (reply.url) return location.assign(reply.url);
    this.view.write("trouble-title", reply.problem?.title ?? "");
    this.view.write("trouble-text", reply.problem?.text ?? "");
    this.view.go("trouble");
  }

  /** Nobody is in front of a page that is not shown; half a measurement is none. */
  _hidden() {
    if (this.capture && !this.finishing) this.trouble("left");
  }

  _stopLooking() {
    this.capture?.stop();
    this.source?.close();
    this.overlay.clear();
  }

  _draw() {
    if (!this.data.figure) return;
    const ghost = new Ghost({ frames: this.data.figure }, FIGURE_S);
    const demo = new DemoClock();
    const colours = this.view.figureColours();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    new Ticker((nowMs, draw) => {
      if (draw && this.view.step === "intro") ghost.demonstrate(this.view.el("demo-intro"), demo.at(nowMs), still, colours, true);
    });
  }

  _mute() {
    this.voice.toggle();
    this.view.voice(this.voice);
  }
}

new MeasurePage(JSON.parse(/** @type {HTMLElement} */ (document.getElementById("live-data")).textContent ?? "{}"));
