const SHOW_MS = 4000;
const LONGER_MS = 8000; // a second sentence takes its time
const SAME_AGAIN_MS = 5000;

/**
 * @typedef {{say: string, show: string, more: string, kind: "further" | "stop" | "form" | "info"}} CueText
 */

/** One cue at a time, as text with an icon, and aloud. The same cue never comes twice within five seconds. */
export class CueBoard {
  /**
   * @param {Record<string, CueText>} texts by cue key
   * @param {import("./voice.js").Voice} voice
   * @param {(cue: CueText | null) => void} show
   */
  constructor(texts, voice, show) {
    this._texts = texts;
    this._voice = voice;
    this._show = show;
    this._givenMs = new Map();
    this._untilMs = 0;
    this._kind = "";
  }

  /** @param {{cue: string, params: Record<string, string | number>}} event @param {number} [nowMs] */
  give(event, nowMs = performance.now()) {
    const text = this._texts[event.cue];
    if (!text || nowMs - (this._givenMs.get(event.cue) ?? -Infinity) < SAME_AGAIN_MS) return;
    this._givenMs.set(event.cue, nowMs);
    this._untilMs = nowMs + (text.more ? LONGER_MS : SHOW_MS);
    this._kind = text.kind;
    this._show({ ...text, show: fill(text.show, event.params) });
    this._voice.say(event.cue, [fill(text.say, event.params), text.more].filter(Boolean).join(" "));
  }

  /** What a cue of this kind asked for has been done: it goes away. @param {string} kind */
  settle(kind) {
    if (this._kind === kind) this._clear();
  }

  /** Take away what has been there long enough. @param {number} [nowMs] */
  tick(nowMs = performance.now()) {
    if (nowMs > this._untilMs) this._clear();
  }

  _clear() {
    if (!this._untilMs) return;
    this._untilMs = 0;
    this._kind = "";
    this._show(null);
  }
}

/**
 * `{name}` becomes the parameter of that name.
 * @param {string} text @param {Record<string, string | number>} params
 */
export function fill(text, params) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(params[name] ?? whole));
}
