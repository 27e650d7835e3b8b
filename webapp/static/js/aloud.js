import { fill } from "./cue_board.js";

const LEFT_S = [30, 10, 5];
const GUIDE_AGAIN_MS = 3000; // who sees no picture is told more often what is missing

/**
 * What is said besides, to who exercises by ear alone: sets, rests, pauses, sides, the state of the connection. Each
 * thing once, when it changes; what counts down is said at a few moments. Silent for everybody else.
 */
export class Aloud {
  /**
   * @param {import("./voice.js").Voice} voice @param {boolean} on
   * @param {Record<string, string>} texts `set`, `rest`, `rest_left`, `paused`, `going_on`
   */
  constructor(voice, on, texts) {
    this._voice = voice;
    this._on = on;
    this._texts = texts;
    this._last = /** @type {Map<string, string>} */ (new Map());
    this._left = Infinity;
  }

  /** When the same help into place may be said again, if it is not as usual. @returns {number | undefined} */
  get againMs() {
    return this._on ? GUIDE_AGAIN_MS : undefined;
  }

  /** A sentence about something, when it is another than the last one about it. @param {string} about @param {string} text */
  say(about, text) {
    if (!this._on || this._last.get(about) === text) return;
    this._last.set(about, text);
    if (text) this._voice.say(`aloud:${about}:${text}`, text, { urgent: true });
  }

  /** @param {number} set @param {number} sets */
  set(set, sets) {
    this._fill("set", "set", { set, sets });
  }

  /** A rest begins. @param {number} seconds */
  rest(seconds) {
    this._left = seconds;
    this._last.delete("rest");
    this._fill("rest", "rest", { seconds });
  }

  /** @param {number} seconds of rest that are left */
  resting(seconds) {
    const passed = LEFT_S.find((mark) => seconds <= mark && this._left > mark);
    this._left = seconds;
    if (passed) this._fill("left", "rest_left", { seconds });
  }

  /** @param {boolean} on */
  pause(on) {
    this.say("pause", on ? this._texts.paused : this._texts.going_on);
  }

  /** @param {string} about @param {string} name of the text @param {Record<string, number>} params */
  _fill(about, name, params) {
    if (this._on) this.say(about, fill(this._texts[name], params));
  }
}
