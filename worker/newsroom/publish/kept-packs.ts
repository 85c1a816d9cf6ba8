import type { Due } from '../../platform/due.ts';
import { inTime } from '../../platform/in-time.ts';
import type { PackedList } from '../documents/digest-list.ts';
import type { CurrentPack, PackToWrite } from '../documents/item-packs.ts';
import type { DueKind } from './due-kind.ts';

/** A pack that no release names any more is deleted after this time: an isolate may still hold an older release. */
const SWEEP_AFTER_MS = 24 * 3_600_000;
/**
 * The most packs that one sweep deletes; if more are due, the next sweep follows soon. A site makes at most one release and
 * some packs a second, so sweeps delete faster. A sweep is short, because no alarm fires before it ends.
 */
const MAX_SWEPT = 120;
const NEXT_SWEEP_MS = 1_000;
/** After a deletion that failed, the next sweep waits. */
const RETRY_SWEEP_MS = 60_000;
/** Fewer than `WRITES_AT_ONCE`, so that a publish beside a sweep never waits for a connection. */
const DELETES_AT_ONCE = 3;
/** The connections that a Worker may have open at once: https://developers.cloudflare.com/workers/platform/limits/#simultaneous-open-connections */
const WRITES_AT_ONCE = 6;
/** `superseded_ms` of a pack whose deletion has begun, and is not known to have ended. */
const DELETING = 0;

type PackRow = Omit<CurrentPack, 'list'> & { readonly list: string | null };
const parseList = (text: string): PackedList => JSON.parse(text);

/** The packs in KV: the key of each pack that the current release names, and of each pack that may still be in KV. */
export class KeptPacks {
  readonly #sql: SqlStorage;
  readonly #kv: KVNamespace;
  readonly #due: Due<DueKind>;
  /** Keys that KV has accepted since the object woke: the publish after a failed one does not write them again. */
  readonly #written = new Set<string>();
  #sweeping: Promise<void> | null = null;

  constructor(sql: SqlStorage, kv: KVNamespace, due: Due<DueKind>) {
    this.#sql = sql;
    this.#kv = kv;
    this.#due = due;
  }

  /** The pack that the current release has under a name; undefined if it has none. */
  currentPack(name: string): CurrentPack | undefined {
    const [row] = this.#sql
      .exec<PackRow>('SELECT stamp, key, since, list FROM pack WHERE name = ?', name)
      .toArray();
    return row && { ...row, list: row.list === null ? null : parseList(row.list) };
  }

  /** Forgets what KV has, so that the next release writes all packs again. */
  forget(): void {
    this.#sql.exec('DELETE FROM pack');
    this.#written.clear();
  }

  /** Notes keys before they are written, so that a sweep also finds the packs of a failed publish. */
  noteKeys(keys: readonly string[]): void {
    for (const key of keys)
      this.#sql.exec('INSERT OR REPLACE INTO kept (key, superseded_ms) VALUES (?, NULL)', key);
  }

  /**
   * Writes the packs that KV does not have, a few at a time. The key is a hash of the pack, so a pack that is in KV needs no
   * second write.
   * @throws if KV refuses a pack or takes too long; the packs that KV accepted are not written again
   */
  async write(packs: readonly PackToWrite[]): Promise<void> {
    const missing = packs.filter(({ key }) => !this.#written.has(key) && !this.#isCurrent(key));
    for (let i = 0; i < missing.length; i += WRITES_AT_ONCE)
      await Promise.all(
        missing.slice(i, i + WRITES_AT_ONCE).map(async ({ key, bytes }) => {
          await inTime(this.#kv.put(key, bytes), key);
          this.#written.add(key);
        }),
      );
  }

  #isCurrent = (key: string): boolean =>
    this.#sql.exec('SELECT 1 FROM pack WHERE key = ? LIMIT 1', key).toArray().length > 0;

  /** Notes the keys that the new current release needs; the others expire in a day. Within the caller's transaction. */
  supersede(packs: readonly PackToWrite[], needed: ReadonlySet<string>, nowMs: number): void {
    for (const { name, stamp, key, since, list } of packs)
      this.#sql.exec(
        'INSERT OR REPLACE INTO pack (name, stamp, key, since, list) VALUES (?, ?, ?, ?, ?)',
        name,
        stamp,
        key,
        since,
        JSON.stringify(list),
      );
    for (const { name, key } of this.#sql
      .exec<{ name: string; key: string }>('SELECT name, key FROM pack')
      .toArray())
      if (!needed.has(key)) this.#sql.exec('DELETE FROM pack WHERE name = ?', name);
    this.#written.clear();
    for (const { key } of this.#sql
      .exec<{ key: string }>('SELECT key FROM kept WHERE superseded_ms IS NULL')
      .toArray())
      if (!needed.has(key)) this.#sql.exec('UPDATE kept SET superseded_ms = ? WHERE key = ?', nowMs, key);
    for (const key of needed)
      this.#sql.exec('UPDATE kept SET superseded_ms = NULL WHERE key = ? AND superseded_ms IS NOT NULL', key);
    this.#due.set('sweep', nowMs + SWEEP_AFTER_MS);
  }

  /**
   * Deletes packs that no release has named for a day: no isolate reads them any more. Staff calls and publishes run
   * meanwhile. One sweep runs at a time.
   */
  sweep(nowMs: number): Promise<void> {
    this.#sweeping ??= this.#sweep(nowMs).finally(() => {
      this.#sweeping = null;
    });
    return this.#sweeping;
  }

  async #sweep(nowMs: number): Promise<void> {
    const keys = this.#sql
      .exec<{ key: string }>(
        'SELECT key FROM kept WHERE superseded_ms <= ? ORDER BY superseded_ms LIMIT ?',
        nowMs - SWEEP_AFTER_MS,
        MAX_SWEPT,
      )
      .toArray()
      .map(({ key }) => key);
    let nextMs = keys.length === MAX_SWEPT ? NEXT_SWEEP_MS : SWEEP_AFTER_MS;
    try {
      for (let i = 0; i < keys.length; i += DELETES_AT_ONCE)
        await Promise.all(keys.slice(i, i + DELETES_AT_ONCE).map((key) => this.#delete(key)));
    } catch (error) {
      console.error('deleting old packs failed', error); // no reader needs this; the next sweep tries again
      nextMs = RETRY_SWEEP_MS;
    }
    this.#due.set('sweep', nowMs + nextMs, true);
    this.#due.arm();
  }

  // The row is marked in the turn that sends the delete. A publish that needs the key again removes the mark and writes the
  // pack after the delete. If the delete fails or the object dies, the mark stays, and the next sweep starts with this row.
  async #delete(key: string): Promise<void> {
    const { rowsWritten } = this.#sql.exec(
      'UPDATE kept SET superseded_ms = ? WHERE key = ? AND superseded_ms IS NOT NULL',
      DELETING,
      key,
    );
    if (rowsWritten === 0) return;
    this.#written.delete(key);
    await inTime(this.#kv.delete(key), `the deletion of ${key}`);
    this.#sql.exec('DELETE FROM kept WHERE key = ? AND superseded_ms = ?', key, DELETING);
  }
}
