import { openDB } from "../vendor/idb.js";

const NAME = "coach-live";
const STORE = "messages";
const A_DAY_MS = 24 * 3600 * 1000;

/**
 * One numbered message that the server has not yet called durable.
 * @typedef {object} Entry
 * @property {number} first number of its first item
 * @property {number} last number of its last item
 * @property {ArrayBuffer} data
 */

/**
 * What a session was opened for: who finds its messages later can open it again.
 * @typedef {object} From
 * @property {string} prescription
 * @property {string} source
 * @property {boolean} short
 */

/**
 * What waits of one session.
 * @typedef {object} Left
 * @property {string} session
 * @property {From} from
 * @property {number} seconds of movement
 */

/**
 * Everything after the durable number, in memory and in IndexedDB, so that a reload or a crash of the browser loses
 * nothing that got a number. Without IndexedDB (private windows) the memory has to do.
 */
export class Outbox {
  /** @param {string} session @param {From} from @param {import("../vendor/idb.js").IDBPDatabase | null} database */
  constructor(session, from, database) {
    this._session = session;
    this._from = from;
    this._database = database;
    /** @type {Entry[]} in order */
    this._entries = [];
  }

  /**
   * The outbox of a session with what an earlier page left in it; leftovers of other days are thrown away.
   * @param {string} session @param {From} from
   * @returns {Promise<Outbox>}
   */
  static async open(session, from) {
    const outbox = new Outbox(session, from, await database());
    await outbox._load();
    return outbox;
  }

  /** What waits on this device, by session. @returns {Promise<Left[]>} */
  static async left() {
    const all = ((await (await database())?.getAll(STORE)) ?? []).filter((entry) => entry.from);
    const sessions = [...new Set(all.map((entry) => entry.session))];
    return sessions.map((session) => {
      const mine = all.filter((entry) => entry.session === session);
      const times = mine.map((entry) => lastT(entry.data));
      return { session, from: mine[0].from, seconds: Math.max(...times) - Math.min(...times) };
    });
  }

  /** Nobody waits for what is left of this session. @param {string} session */
  static async drop(session) {
    await (await database())?.delete(STORE, IDBKeyRange.bound([session, 0], [session, Infinity]));
  }

  /** Whether everything is durable. */
  get empty() {
    return this._entries.length === 0;
  }

  /** Number of the last message kept, 0 when there is none. */
  get last() {
    return this._entries.at(-1)?.last ?? 0;
  }

  /** Session time of the last moment kept, seconds; 0 when there is none. */
  get lastT() {
    const data = this._entries.at(-1)?.data;
    return data ? lastT(data) : 0;
  }

  /** @param {Entry} entry */
  add(entry) {
    this._entries.push(entry);
    this._keep(entry);
  }

  /** @param {Entry} entry takes the place of the one with the same first number */
  replace(entry) {
    this._entries = this._entries.map((old) => (old.first === entry.first ? entry : old));
    this._keep(entry);
  }

  /**
   * The first message that holds anything after `seq`.
   * @param {number} seq
   * @returns {Entry | undefined}
   */
  next(seq) {
    return this._entries.find((entry) => entry.last > seq);
  }

  /** @param {number} durable forget everything up to this number */
  forget(durable) {
    if (!this._entries.length || this._entries[0].last > durable) return;
    this._entries = this._entries.filter((entry) => entry.last > durable);
    const until = this._entries[0]?.first ?? Infinity;
    this._write((store) => store.delete(IDBKeyRange.bound([this._session, 0], [this._session, until], false, true)));
  }

  async _load() {
    if (!this._database) return;
    const all = await this._database.getAll(STORE);
    this._entries = all
      .filter((entry) => entry.session === this._session)
      .map(({ first, last, data }) => ({ first, last, data }))
      .sort((a, b) => a.first - b.first);
    const old = all.filter((entry) => entry.session !== this._session && entry.at < Date.now() - A_DAY_MS);
    for (const entry of old) this._write((store) => store.delete([entry.session, entry.first]));
  }

  /** @param {Entry} entry */
  _keep(entry) {
    this._write((store) => store.put({ session: this._session, from: this._from, at: Date.now(), ...entry }));
  }

  /** @param {(store: any) => Promise<unknown>} change */
  _write(change) {
    if (!this._database) return;
    const transaction = this._database.transaction(STORE, "readwrite");
    Promise.all([change(transaction.store), transaction.done]).catch(() => {
      this._database = null; // storage is full or was taken away: the memory still has everything
    });
  }
}

/** Session time of the last moment of a message. @param {ArrayBuffer} data @returns {number} seconds */
function lastT(data) {
  const view = new DataView(data);
  return view.getFloat64(16 + 8 * (view.getUint8(2) - 1), true);
}

/** @returns {Promise<import("../vendor/idb.js").IDBPDatabase | null>} */
async function database() {
  try {
    return await openDB(NAME, 1, {
      upgrade: (fresh) => fresh.createObjectStore(STORE, { keyPath: ["session", "first"] }),
    });
  } catch {
    return null;
  }
}
