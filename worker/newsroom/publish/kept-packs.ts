import type { Due } from '../../platform/due.ts';
import { inTime } from '../../platform/in-time.ts';
import type { NamedPack, PackToWrite } from '../documents/item-packs.ts';

/** Packs stay this long after nothing names them: an isolate may still hold a release that did. */
const SWEEP_AFTER_MS = 24 * 3_600_000;
const SWEEP_AT_ONCE = 40;
const SWEEP_ON_AFTER_MS = 60_000;
/** What a Worker may have open at once: https://developers.cloudflare.com/workers/platform/limits/#simultaneous-open-connections */
const WRITES_AT_ONCE = 6;
/** `superseded_ms` of a pack whose delete was begun and not seen to end. */
const GOING = 0;

/** What is in KV: the key of each pack as last written, and every key that a release named or meant to name. */
export class KeptPacks {
  readonly #sql: SqlStorage;
  readonly #kv: KVNamespace;
  readonly #due: Due;
  /** Keys that KV took since the object woke: what a publish wrote before it failed, the next need not write. */
  readonly #written = new Set<string>();

  constructor(sql: SqlStorage, kv: KVNamespace, due: Due) {
    this.#sql = sql;
    this.#kv = kv;
    this.#due = due;
  }

  /** A pack that the current release names, by its name; undefined where it names none. */
  named(name: string): NamedPack | undefined {
    return this.#sql.exec<NamedPack>('SELECT stamp, key, since FROM pack WHERE name = ?', name).toArray()[0];
  }

  /** Forgets what KV has: all of it is written again with the next release. */
  forget(): void {
    this.#sql.exec('DELETE FROM pack');
    this.#written.clear();
  }

  /** Notes keys before they are written, so that what a failed publish leaves behind is found as well. */
  note(keys: readonly string[]): void {
    for (const key of keys)
      this.#sql.exec('INSERT OR REPLACE INTO kept (key, superseded_ms) VALUES (?, NULL)', key);
  }

  /**
   * Writes the packs that KV does not have, a few at a time: a key says what is in its pack, so one that is there stays.
   * @throws where KV refuses one or takes too long; those that it took are not written again
   */
  async write(packs: readonly PackToWrite[]): Promise<void> {
    const missing = packs.filter(({ key }) => !this.#written.has(key) && !this.#names(key));
    for (let i = 0; i < missing.length; i += WRITES_AT_ONCE)
      await Promise.all(
        missing.slice(i, i + WRITES_AT_ONCE).map(async ({ key, bytes }) => {
          await inTime(this.#kv.put(key, bytes), key);
          this.#written.add(key);
        }),
      );
  }

  #names = (key: string): boolean =>
    this.#sql.exec('SELECT 1 FROM pack WHERE key = ? LIMIT 1', key).toArray().length > 0;

  /** Notes which keys the release that is current now needs; the others may go in a day. In the caller's transaction. */
  supersede(packs: readonly PackToWrite[], needed: ReadonlySet<string>, nowMs: number): void {
    for (const { name, stamp, key, since } of packs)
      this.#sql.exec(
        'INSERT OR REPLACE INTO pack (name, stamp, key, since) VALUES (?, ?, ?, ?)',
        name,
        stamp,
        key,
        since,
      );
    for (const { name, key } of this.#sql
      .exec<{ name: string; key: string }>('SELECT name, key FROM pack')
      .toArray())
      if (!needed.has(key)) this.#sql.exec('DELETE FROM pack WHERE name = ?', name);
    this.#written.clear();
    this.#sql.exec('UPDATE kept SET superseded_ms = ? WHERE superseded_ms IS NULL', nowMs);
    for (const key of needed) this.#sql.exec('UPDATE kept SET superseded_ms = NULL WHERE key = ?', key);
    this.#due.set('sweep', nowMs + SWEEP_AFTER_MS);
  }

  /** Deletes packs that nothing has named for a day: immutable, so nobody can miss them. */
  async sweep(nowMs: number): Promise<void> {
    const rows = this.#sql
      .exec<{ key: string }>(
        'SELECT key FROM kept WHERE superseded_ms <= ? ORDER BY superseded_ms LIMIT ?',
        nowMs - SWEEP_AFTER_MS,
        SWEEP_AT_ONCE,
      )
      .toArray();
    try {
      for (const { key } of rows) {
        // Marked in the turn in which the delete is sent: a publish that names the key again takes the mark off and
        // writes after it. Where it fails or the object dies, the mark stays and the next sweep begins with it.
        const { rowsWritten } = this.#sql.exec(
          'UPDATE kept SET superseded_ms = ? WHERE key = ? AND superseded_ms IS NOT NULL',
          GOING,
          key,
        );
        if (rowsWritten === 0) continue;
        this.#written.delete(key);
        await inTime(this.#kv.delete(key), `the deletion of ${key}`);
        this.#sql.exec('DELETE FROM kept WHERE key = ? AND superseded_ms = ?', key, GOING);
      }
    } catch (error) {
      console.error('sweep failed', error); // nothing depends on it; the next sweep goes on
    }
    this.#due.set(
      'sweep',
      nowMs + (rows.length === SWEEP_AT_ONCE ? SWEEP_ON_AFTER_MS : SWEEP_AFTER_MS),
      true,
    );
    this.#due.arm();
  }
}
