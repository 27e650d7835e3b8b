/**
 * The rows of a session's table as a replay reads them. They are asked for anew each time, because a therapist's word
 * replaces the table.
 * @typedef {{index: string, startS: number, endS: number, t: number, verdict: string, row: HTMLElement}} RepRow
 */

/** @param {ParentNode} root @returns {RepRow[]} in order of time */
export function rows(root = document) {
  return [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("tr[data-t]"))].map((row) => ({
    index: row.id.replace("rep-", ""),
    startS: Number(row.dataset.start),
    endS: Number(row.dataset.end),
    t: Number(row.dataset.t),
    verdict: row.dataset.verdict ?? "",
    row,
  }));
}

/** The repetition that is under way at a moment, if any. @template {{startS: number, endS: number}} R @param {R[]} reps @param {number} t @returns {R | undefined} */
export function repAt(reps, t) {
  return reps.findLast((rep) => t >= rep.startS && t <= rep.endS);
}

/**
 * Where to go for the previous (-1) or next (1) repetition: from within one, back goes to its start first.
 * @param {{startS: number}[]} reps @param {number} t @param {1 | -1} way @returns {number | undefined} seconds
 */
export function neighbour(reps, t, way) {
  if (way > 0) return reps.find((rep) => rep.startS > t + 0.05)?.startS;
  return reps.findLast((rep) => rep.startS < t - 0.5)?.startS;
}

/** Mark the row of the moment, and no other. @param {number} t */
export function follow(t) {
  const all = rows();
  const now = repAt(all, t)?.row;
  for (const { row } of all) {
    if (row === now) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}
