import { fill } from "./cue_board.js";

const LEFT_S = [30, 10, 5];

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

  /** A sentence about something, when it is another than the last one about it. @param {string} about @param {string} text */
  say(about, text) {
    if (!this._on || this._last.get(about) === text) return;
    this._last.set(about, text);
    if (text) this._voice.say(`aloud:${about}:${text}`, text, { urgent: true });
  }

  /** @param {number} set @param {number} sets */
  set(set, sets) {
    this.say("set", fill(this._texts.set, { set, sets }));
  }

  /** A rest begins. @param {number} seconds */
  rest(seconds) {
    this._left = seconds;
    this._last.delete("rest");
    this.say("rest", fill(this._texts.rest, { seconds }));
  }

  /** @param {number} seconds of rest that are left */
  resting(seconds) {
    const passed = LEFT_S.find((mark) => seconds <= mark && this._left > mark);
    this._left = seconds;
    if (passed) this.say("left", fill(this._texts.rest_left, { seconds }));
  }

  /** @param {boolean} on */
  pause(on) {
    this.say("pause", on ? this._texts.paused : this._texts.going_on);
  }
}
