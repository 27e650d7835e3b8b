import { fill } from "./cue_board.js";

/**
 * The quiet question whether another exercise of the program is meant. It switches nothing by itself.
 */
export class OtherExercise {
  /**
   * @param {Record<string, {name: string, url: string}>} program the patient's other exercises, by id
   * @param {string} text with a place for `{name}`
   * @param {{show: (name: string, visible: boolean) => void, write: (name: string, text: string) => void}} view
   */
  constructor(program, text, view) {
    this._program = program;
    this._text = text;
    this._view = view;
    this._declined = /** @type {Set<string>} */ (new Set());
    this._asked = "";
  }

  /** The page of the exercise that was suggested last. */
  get url() {
    return this._program[this._asked]?.url ?? "";
  }

  /** Ask, unless the answer is known. @param {{exercise: string}} event of type `looks_like` */
  ask({ exercise }) {
    const other = this._program[exercise];
    if (!other || this._declined.has(exercise)) return;
    this._asked = exercise;
    this._view.write("looks-like-text", fill(this._text, { name: other.name }));
    this._view.show("looks-like", true);
  }

  /** "Keep this one": not asked again on this page. */
  decline() {
    this._declined.add(this._asked);
    this.keep();
  }

  /** The question is settled: a repetition of this exercise was counted, or the patient said so. */
  keep() {
    this._view.show("looks-like", false);
  }
}
