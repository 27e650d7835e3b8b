import { LiveSocket } from "./live_socket.js";
import { KIND, packControl } from "./message.js";
import { Outbox } from "./outbox.js";

const GIVE_UP_MS = 60_000;

/**
 * Sends what an earlier page left in the outbox of one session: opens the session as that page did, and stays until
 * the server has everything durably. Nobody is before the camera now, so the session is left in a pause.
 */
export class Leftovers {
  /** @param {import("./outbox.js").Left} left @param {{tokenUrl: string, csrf: string}} way */
  constructor(left, way) {
    this._left = left;
    this._way = way;
  }

  /** @returns {Promise<boolean>} whether nothing waits any more */
  send() {
    return new Promise((resolve) => {
      const { session, from } = this._left;
      let outbox = /** @type {Outbox | null} */ (null);
      const end = (/** @type {boolean} */ sent) => {
        clearTimeout(timer);
        socket.close();
        resolve(sent);
      };
      const timer = setTimeout(() => end(false), GIVE_UP_MS);
      const socket = new LiveSocket({ ...from, session }, this._way, {
        opened: async (opened) => (outbox = outbox ?? (await paused(session, from, opened.seen))),
        answered: () => outbox?.empty && end(true),
        cut: () => {},
        back: () => (outbox?.empty ? end(true) : socket.again()), // the server keeps all when a connection ends
        ended: async (cause) => {
          if (cause === "over") await Outbox.drop(session); // it was finished: nothing more counts
          end(cause === "over");
        },
      });
      socket.connect();
    });
  }
}

/** @param {string} session @param {import("./outbox.js").From} from @param {number} seen */
async function paused(session, from, seen) {
  const outbox = await Outbox.open(session, from);
  if (outbox.last > seen) {
    const seq = outbox.last + 1;
    outbox.add({ first: seq, last: seq, data: packControl(KIND.pause, seq, outbox.lastT + 0.001) });
  }
  return outbox;
}
