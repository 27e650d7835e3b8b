/**
 * Commands by voice, recognised on this device alone. Where the browser would send speech to a server, there are none.
 * @typedef {Record<string, string[]>} Words command -> how it is said
 */
export class VoiceCommands {
  /** @param {string} language @param {Words} words @param {(command: string) => void} act */
  constructor(language, words, act) {
    this._language = language;
    this._words = words;
    this._act = act;
    this.listening = false;
    this._recognition = /** @type {any} */ (null);
  }

  /** @returns {Promise<boolean>} whether this device can listen by itself, in this language */
  async able() {
    const Recognition = /** @type {any} */ (globalThis).SpeechRecognition;
    if (!Recognition?.available) return false;
    const found = await Recognition.available({ langs: [this._language], processLocally: true }).catch(() => "unavailable");
    return found === "available";
  }

  toggle() {
    this.listening = !this.listening;
    if (!this.listening) return this._recognition?.abort();
    this._recognition ??= this._made();
    this._recognition.start();
  }

  _made() {
    const recognition = new /** @type {any} */ (globalThis).SpeechRecognition();
    recognition.lang = this._language;
    recognition.processLocally = true;
    recognition.continuous = true;
    recognition.onresult = (/** @type {any} */ event) => {
      const heard = event.results[event.results.length - 1];
      const command = commandIn(heard[0].transcript, this._words);
      if (heard.isFinal && command) this._act(command);
    };
    recognition.onerror = (/** @type {any} */ event) => (this.listening = this.listening && event.error !== "not-allowed");
    recognition.onend = () => this.listening && recognition.start(); // it ends by itself after a silence
    return recognition;
  }
}

/**
 * The command in what was heard: the phrase that was said last; nothing in long talk, which is not meant for us.
 * @param {string} heard @param {Words} words @returns {string | null}
 */
export function commandIn(heard, words) {
  const said = ` ${heard.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
  if (said.trim().split(" ").length > LONGEST) return null;
  let best = null;
  let bestAt = -1;
  for (const [command, phrases] of Object.entries(words)) {
    for (const phrase of phrases) {
      const at = said.lastIndexOf(` ${phrase.toLowerCase()} `);
      if (at > bestAt) [best, bestAt] = [command, at];
    }
  }
  return best;
}

const LONGEST = 5;
