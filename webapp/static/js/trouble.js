/** Something a person has to be told, by its cause: the page has one sentence and one remedy for each. */
export class Trouble extends Error {
  /** @param {string} cause key of `texts.trouble` @param {string} [detail] for the console only */
  constructor(cause, detail = "") {
    super(detail ? `${cause}: ${detail}` : cause);
    this.cause = cause;
  }
}
