import { fill } from "./cue_board.js";

/**
 * What a measurement shows and says as it goes: degrees and attempts, or a count and a clock. The numbers are the
 * server's; nothing is judged here.
 *
 * @typedef {object} Shown
 * @property {string} number the large one
 * @property {string} below
 * @property {string} hint what to do, or why there is no number
 * @property {number} share 0..1 of the ring
 * @property {string} marks attempts so far, in words
 * @property {string} say aloud, once for each `sayKey`
 * @property {string} sayKey
 */

/** @param {any} view of the server @param {any} data of the page @returns {Shown} */
export function shown(view, data) {
  const tasks = { motion, count, time, hold };
  return { hint: data.texts.task, share: 0, marks: "", say: "", sayKey: "", ...tasks[data.kind](view, data) };
}

/** @param {any} view @param {any} data */
function motion({ deg, error_deg: error, attempts, out }, { texts }) {
  const made = out ? attempts.slice(0, -1) : attempts;
  const last = made.at(-1);
  return {
    number: deg === null ? "–" : fill(texts.deg, { deg }),
    below: deg === null ? "" : fill(texts.band, { error }),
    hint: deg === null ? texts.unseen : texts.task,
    share: Math.min(1, made.length / 3),
    marks: made.map((one, index) => fill(texts.attempt, { number: index + 1, deg: Math.round(one.deg) })).join("   "),
    say: last ? fill(texts.attempt_say, { deg: Math.round(last.deg) }) : "",
    sayKey: `attempt:${made.length}`,
  };
}

/** @param {any} view @param {any} data */
function count({ count: stands, clock_s: clock }, { texts, seconds }) {
  const left = Math.max(0, Math.ceil(seconds - (clock ?? 0)));
  const over = left === 0;
  return {
    number: String(stands),
    below: over ? texts.stands : fill(texts.left, { seconds: left }),
    hint: over ? texts.time_over : texts.task,
    share: 1 - left / seconds,
    say: over ? texts.time_over : String(stands || ""),
    sayKey: over ? "over" : `count:${stands}`,
  };
}

/** @param {any} view @param {any} data */
function time({ count: stands, clock_s: clock }, { texts, reps }) {
  return {
    number: (clock ?? 0).toFixed(1),
    below: fill(texts.of_stands, { count: stands, goal: reps }),
    share: stands / reps,
    say: String(stands || ""),
    sayKey: `count:${stands}`,
  };
}

/** @param {any} view @param {any} data */
function hold({ hold_s: held }, { texts, seconds }) {
  return { number: String(Math.floor(held)), below: texts.seconds, share: held / seconds };
}
