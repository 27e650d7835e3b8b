/**
 * The live page's document: the only module that touches it. Everything written is given as text by the server
 * (`texts`), found by `data-el`, and shown or hidden by `data-step` on the root.
 */

/** @typedef {"intro" | "setup" | "exercise" | "saving" | "next" | "trouble" | "pictures"} PageStep */

export class LiveView {
  /** @param {HTMLElement} root @param {any} texts */
  constructor(root, texts) {
    this._root = root;
    this._texts = texts;
    this._elements = new Map();
    for (const element of root.querySelectorAll("[data-el]")) {
      this._elements.set(/** @type {HTMLElement} */ (element).dataset.el, element);
    }
    this._written = new Map();
  }

  /** @param {string} name @returns {any} the element with this `data-el` */
  el(name) {
    const element = this._elements.get(name);
    if (!element) throw new Error(`the page has no ${name}`);
    return element;
  }

  /** @param {string} name @param {() => void} act */
  onClick(name, act) {
    this.el(name).addEventListener("click", act);
  }

  /** A button that the page gives out switched off, so that no early click is lost. @param {string} name @param {() => void} act */
  onStart(name, act) {
    this.onClick(name, act);
    this.el(name).disabled = false;
  }

  /** @param {PageStep} step */
  go(step) {
    if (this._root.dataset.step === step) return;
    this._root.dataset.step = step;
    this.el(`${step}-title`)?.focus?.({ preventScroll: false });
  }

  /** @returns {string | undefined} */
  get step() {
    return this._root.dataset.step;
  }

  /** Text that only changes the document when it is another. @param {string} name @param {string} text */
  write(name, text) {
    if (this._written.get(name) === text) return;
    this._written.set(name, text);
    this.el(name).textContent = text;
  }

  /** @param {string} name @param {boolean} visible */
  show(name, visible) {
    const element = this.el(name); // an <svg> has the attribute but no such property
    if (element.hasAttribute("hidden") === visible) element.toggleAttribute("hidden", !visible);
  }

  /** @param {string} name @param {boolean} pressed @param {string} label */
  press(name, pressed, label) {
    this.el(name).setAttribute("aria-pressed", String(pressed));
    this.write(`${name}-label`, label);
  }

  /** @param {string} cause key of `texts.trouble` */
  trouble(cause) {
    const text = this._texts.trouble[cause] ?? this._texts.trouble.unknown;
    this.write("trouble-title", text.title);
    this.write("trouble-text", text.text);
    this.show("again", text.again !== false);
    this.go("trouble");
  }

  /** The set-up list. @param {{key: string, done: boolean}[]} points @param {Record<string, {show: string}>} cues */
  points(points, cues) {
    const state = points.map((point) => `${point.key}:${point.done}`).join();
    if (this._written.get("points") === state) return;
    this._written.set("points", state);
    const rows = points.map(({ key, done }) => {
      const row = document.createElement("li");
      row.className = done ? "done" : "open";
      row.append(icon(this._root, done ? "circle-check" : "circle"), cues[key]?.show ?? key, hidden(done ? this._texts.done : this._texts.open));
      return row;
    });
    this.el("points").replaceChildren(...rows);
  }

  /** @param {{show: string, more?: string, kind: string} | null} cue */
  cue(cue) {
    this.write("cue", cue?.show ?? "");
    this.write("cue-more", cue?.more ?? "");
    const board = this.el("cue-board");
    board.dataset.kind = cue?.kind ?? "";
    if (cue) this.el("cue-icon").replaceChildren(use(this._root, SYMBOLS[cue.kind] ?? "info"));
    this.show("cue-icon", cue !== null);
  }

  /** Repetitions of this set as small shapes, in order. @param {{verdict: string}[]} reps */
  strip(reps) {
    if (this._written.get("strip") === String(reps.length)) return;
    this._written.set("strip", String(reps.length));
    const marks = reps.map(({ verdict }) => {
      const mark = document.createElement("li");
      mark.className = verdict;
      mark.append(hidden(this._texts.verdicts[verdict] ?? verdict));
      return mark;
    });
    this.el("strip").replaceChildren(...marks);
  }

  /** A sentence for who cannot see the page. @param {string} text */
  announce(text) {
    this.el("announce").textContent = text;
  }

  /** The repetitions of the whole session, for whoever measures the page. @param {number} reps */
  total(reps) {
    this._root.dataset.reps = String(reps);
  }

  /** The state of the connection; an empty text when all is well. @param {string} text */
  connection(text) {
    this.show("connection", text !== "");
    this.write("connection-text", text);
  }

  /** @param {boolean} mirrored as a mirror shows it: a camera; a film is shown as it is */
  stage(mirrored) {
    this.el("stage").classList.toggle("mirrored", mirrored);
  }

  /** @param {import("./voice.js").Voice} voice */
  voice(voice) {
    const { muted, voiced, no_voice: none } = this._texts;
    this.press("mute", !voice.muted, voice.able ? (voice.muted ? muted : voiced) : none);
  }

  /** @param {string} name */
  focus(name) {
    this.el(name).focus();
  }

  /** Ask why. @param {(reason: string) => void} act with an empty reason when the patient goes on */
  askReason(act) {
    const dialog = /** @type {HTMLDialogElement} */ (this.el("stop-dialog"));
    dialog.returnValue = "";
    dialog.addEventListener("close", () => act(dialog.returnValue), { once: true });
    dialog.showModal();
  }

  /** A gesture on its way. @param {number} share 0..1 @param {string} text what it will mean */
  hold(share, text) {
    this.show("hold", share > 0);
    if (share === 0) return;
    this.el("hold-fill").style.strokeDashoffset = String(100 - 100 * Math.min(1, share));
    this.write("hold-text", text);
  }

  /** Three, two, one, over the picture; counting has begun already. */
  countdown() {
    const number = this.el("countdown");
    [3, 2, 1, 0].forEach((left, index) => setTimeout(() => {
      this.write("countdown", left ? String(left) : "");
      number.toggleAttribute("hidden", !left);
    }, 1000 * index));
  }

  /** Single keys, outside of fields and dialogs. @param {Record<string, () => void>} keys @param {AbortSignal} signal */
  onKeys(keys, signal) {
    document.addEventListener("keydown", (event) => {
      const busy = event.ctrlKey || event.metaKey || event.altKey || this.el("stop-dialog").open;
      const onButton = event.key === " " && event.target instanceof HTMLButtonElement;
      const act = keys[event.key.toLowerCase()];
      if (!act || busy || onButton || (this.step !== "exercise" && this.step !== "setup")) return;
      event.preventDefault();
      act();
    }, { signal });
  }

  /** @returns {{near: string, far: string}} of the demonstration, from the tokens */
  figureColours() {
    const style = getComputedStyle(this._root);
    return { near: style.getPropertyValue("--accent").trim(), far: style.getPropertyValue("--line-strong").trim() };
  }
}

const SYMBOLS = { further: "arrow-down", stop: "octagon-x", form: "person-standing", info: "info", good: "smile" };

/** @param {HTMLElement} root @param {string} name @returns {SVGElement} */
function icon(root, name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use(root, name));
  return svg;
}

/** @param {HTMLElement} root @param {string} name @returns {SVGElement} */
function use(root, name) {
  const link = document.createElementNS("http://www.w3.org/2000/svg", "use");
  link.setAttribute("href", `${root.dataset.icons}#${name}`);
  return link;
}

/** @param {string} text @returns {HTMLElement} for screen readers */
function hidden(text) {
  const span = document.createElement("span");
  span.className = "visually-hidden";
  span.textContent = ` ${text}`;
  return span;
}
