import { HeldGesture } from "./gesture.js";
import { VoiceCommands } from "./voice_commands.js";

/**
 * Pause, go on, next and stop without touching anything: by a held gesture, or by voice where the device itself
 * understands it. What a command does is the page's business.
 */
export class HandsFree {
  /**
   * @param {{gesture: import("./gesture.js").Rule | null, language: string, commands: Record<string, string[]>, texts: any}} data
   * @param {import("./live_view.js").LiveView} view
   * @param {(command: string) => void} act `held`, or the name of a spoken command
   */
  constructor({ gesture, language, commands, texts }, view, act) {
    this._texts = texts;
    this._view = view;
    this._held = gesture && new HeldGesture(gesture, { held: () => act("held"), stop: () => act("stop") });
    this._voice = new VoiceCommands(language, commands, act);
    this._offer();
  }

  /** @param {import("./landmarker.js").Landmarks} found @param {number} nowMs @param {string} meaning key of `texts.hold` */
  see({ image, width, height }, nowMs, meaning) {
    if (!this._held) return;
    const points = image && image.map((point) => [point.x * width, point.y * height]);
    const share = this._held.see(points, image ? image.map((point) => point.visibility) : [], nowMs);
    this._view.hold(share, share > 0 ? this._texts.hold[meaning] : "");
  }

  /** A button for the voice where the device can listen by itself; else none. */
  async _offer() {
    if (!(await this._voice.able())) return;
    this._view.show("listen", true);
    this._view.onClick("listen", () => this._toggle());
    this._view.press("listen", false, this._texts.listen_off);
  }

  _toggle() {
    this._voice.toggle();
    this._view.press("listen", this._voice.listening, this._voice.listening ? this._texts.listen_on : this._texts.listen_off);
  }

  close() {
    if (this._voice.listening) this._voice.toggle();
  }
}
