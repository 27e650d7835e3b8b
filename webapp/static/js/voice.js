const SAME_AGAIN_MS = 5000;
const MUTED_KEY = "coach-muted";

/**
 * Speaks with voices of this device only (`localService`): a voice from elsewhere would send the words there.
 * One sentence at a time; the same one never twice within five seconds; silent when muted or without a local voice.
 */
export class Voice {
  /** @param {string} language BCP 47, e.g. "en" */
  constructor(language) {
    this._language = language;
    this._saidAt = /** @type {Map<string, number>} */ (new Map());
    this._muted = read() === "1";
    this._synthesis = "speechSynthesis" in window ? window.speechSynthesis : null;
  }

  /** Voices come late, and with a headset or a language pack they come and go. @param {() => void} act */
  onChange(act) {
    this._synthesis?.addEventListener?.("voiceschanged", act);
  }

  get muted() {
    return this._muted;
  }

  /** Whether this device can speak the language by itself. */
  get able() {
    return this._voice() !== undefined;
  }

  toggle() {
    this._muted = !this._muted;
    if (this._muted) this._synthesis?.cancel();
    try {
      localStorage.setItem(MUTED_KEY, this._muted ? "1" : "0");
    } catch {
      // a private window forgets it: the button still works
    }
  }

  /**
   * @param {string} key what the sentence is about
   * @param {string} text
   * @param {{urgent?: boolean, nowMs?: number, againMs?: number}} [how] an urgent sentence interrupts; others wait for
   *   nobody and are dropped. `againMs`: when the same may be said again
   * @returns {boolean} whether it is being said
   */
  say(key, text, { urgent = false, nowMs = performance.now(), againMs = SAME_AGAIN_MS } = {}) {
    const voice = this._voice();
    if (this._muted || !this._synthesis || !voice || !text) return false;
    if (nowMs - (this._saidAt.get(key) ?? -Infinity) < againMs) return false;
    if (this._synthesis.speaking && !urgent) return false;
    if (urgent) this._synthesis.cancel();
    this._saidAt.set(key, nowMs);
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    this._synthesis.speak(utterance);
    return true;
  }

  _voice() {
    const voices = this._synthesis?.getVoices() ?? [];
    return voices.find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(this._language));
  }
}

function read() {
  try {
    return localStorage.getItem(MUTED_KEY);
  } catch {
    return null;
  }
}
