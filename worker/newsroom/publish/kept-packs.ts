import type { Due } from '../../platform/due.ts';
import { inTime } from '../../platform/in-time.ts';
import type { PackedList } from '../documents/digest-list.ts';
import type { CurrentPack, PackToWrite } from '../documents/item-packs.ts';
import type { Turns } from '../documents/turns.ts';
import { readCounter, writeCounter } from '../ledger/counters.ts';
import type { DueKind } from './due-kind.ts';
import { PackWrites } from './pack-writes.ts';

/** A pack without its bytes. */
export type PackHead = Omit<PackToWrite, 'bytes'>;

/** A pack that no release names any more is deleted after this time: an isolate may still hold an older release. */
const SWEEP_AFTER_MS = 24 * 3_600_000;
/**
 * The same after an erasure. KV may name the release before for up to about 120 s (see `public-check.ts`), and an
 * isolate serves what it read then for 30 s (`worker/read/serve-limits.ts`) before it asks again. An isolate for which
 * KV hangs serves its release for longer, but it can't read packs either.
 */
const PURGE_AFTER_MS = 180_000;
/** Sweeps that delete all that is due are at least so far apart. */
const SWEEP_AGAIN_MS = 60_000;
/**
 * The most packs that one sweep deletes; if more are due, the next sweep follows soon. A site makes at most one release
 * and some packs a second, so sweeps delete faster. A sweep is short, because no alarm fires before it ends.
 */
const MAX_SWEPT = 120;
const NEXT_SWEEP_MS = 1_000;
/** After a deletion that failed, the next sweep waits. */
const RETRY_SWEEP_MS = 60_000;
/** Fewer than a publish may write at once, so that a publish beside a sweep never waits for a connection. */
const DELETES_AT_ONCE = 3;
/** `superseded_ms` of a pack whose deletion has begun, and is not known to have ended. */
const DELETING = 0;

type PackRow = Omit<CurrentPack, 'list'> & { readonly name: string; readonly list: string | null };
const parseList = (text: string): PackedList => JSON.parse(text);

/** The packs in KV: the key of each pack that the current release names, and of each pack that may still be in KV. */
export class KeptPacks {
  readonly #sql: SqlStorage;
  readonly #kv: KVNamespace;
  readonly #due: Due<DueKind>;
  /** Keys that KV has accepted since the object woke: the publish after a failed one does not write them again. */
  readonly #written = new Set<string>();
  /** The packs of the current release, by name; null before they are loaded. */
  #packs: Map<string, CurrentPack> | null = null;
  #sweeping: Promise<void> | null = null;

  constructor(sql: SqlStorage, kv: KVNamespace, due: Due<DueKind>) {
    this.#sql = sql;
    this.#kv = kv;
    this.#due = due;
  }

  /** The pack that the current release has under a name; undefined if it has none. */
  currentPack = (name: string): CurrentPack | undefined => this.#load().get(name);

  // In memory, because each publish asks for every pack.
  #load(): Map<string, CurrentPack> {
    this.#packs ??= new Map(
      this.#sql
        .exec<PackRow>('SELECT name, stamp, key, since, list FROM pack')
        .toArray()
        .map(({ name, list, ...pack }) => [name, { ...pack, list: list === null ? null : parseList(list) }]),
    );
    return this.#packs;
  }

  /** Reads again what the tables have, because memory may have changes of a transaction that failed. */
  reload(): void {
    this.#packs = null;
  }

  /** Forgets what KV has, so that the next release writes all packs again. */
  forget(): void {
    this.#sql.exec('DELETE FROM pack');
    this.#packs = null;
    this.#written.clear();
  }

  /** Notes keys before they are written, so that a sweep also finds the packs of a failed publish. */
  noteKeys(keys: readonly string[]): void {
    for (const key of keys)
      this.#sql.exec('INSERT OR REPLACE INTO kept (key, superseded_ms) VALUES (?, NULL)', key);
  }

  /**
   * Writes the packs that KV does not have, a few at a time, while the others are made. Notes each key before its
   * write. The key is a hash of the pack, so a pack that is in KV needs no second write.
   * @param heads gets each pack without its bytes
   * @returns what follows the packs
   * @throws if KV refuses a pack or takes too long; the packs that KV accepted are not written again
   */
  async write<T>(packs: Generator<PackToWrite, T, void>, heads: PackHead[], turns: Turns): Promise<T> {
    const writes = new PackWrites(turns);
    for (;;) {
      const next = packs.next();
      if (next.done) {
        await writes.end();
        return next.value;
      }
      const { bytes, ...head } = next.value;
      const { key } = head;
      heads.push(head);
      this.noteKeys([key]);
      if (this.#written.has(key) || this.#isCurrent(head.name, key)) continue;
      await writes.begin(bytes.length, async () => {
        await inTime(this.#kv.put(key, bytes), key);
        this.#written.add(key);
      });
    }
  }

  // Asked for each pack, because `forget` may be called between two. A pack has its name from its first document or item,
  // so one with the same content has the same name.
  #isCurrent = (name: string, key: string): boolean => this.currentPack(name)?.key === key;

  /**
   * Whether the release of a state is the first without what an erasure removed: older packs may hold the erased text.
   */
  purges(state: number): boolean {
    const purge = readCounter(this.#sql, 'purge');
    return purge > 0 && purge <= state;
  }

  /**
   * Notes the keys that the new current release needs; the others expire in a day, or, if the release purges, at once if no reader can need them.
   * Within the caller's transaction; if that fails, call `reload`.
   * @param purged the state that the release shows, if it purges; else null
   */
  supersede(
    packs: readonly PackHead[],
    needed: ReadonlySet<string>,
    purged: number | null,
    nowMs: number,
  ): void {
    const current = this.#load();
    for (const { name, stamp, key, since, list } of packs) {
      this.#sql.exec(
        'INSERT OR REPLACE INTO pack (name, stamp, key, since, list) VALUES (?, ?, ?, ?, ?)',
        name,
        stamp,
        key,
        since,
        JSON.stringify(list),
      );
      current.set(name, { stamp, key, since, list });
    }
    for (const [name, { key }] of current) {
      if (needed.has(key)) continue;
      this.#sql.exec('DELETE FROM pack WHERE name = ?', name);
      current.delete(name);
    }
    this.#written.clear();
    const shown = new Set(
      this.#sql
        .exec<{ key: string }>('SELECT key FROM kept WHERE superseded_ms IS NULL')
        .toArray()
        .map(({ key }) => key),
    );
    for (const key of shown)
      if (!needed.has(key)) this.#sql.exec('UPDATE kept SET superseded_ms = ? WHERE key = ?', nowMs, key);
    for (const key of needed)
      if (!shown.has(key)) this.#sql.exec('UPDATE kept SET superseded_ms = NULL WHERE key = ?', key);
    this.#due.set('sweep', nowMs + SWEEP_AFTER_MS);
    if (purged !== null) this.#purge(purged, nowMs);
  }

  /**
   * All packs that the new release does not need are old enough `PURGE_AFTER_MS` after a release named them last: many are
   * at once. Those that an earlier purge has moved are not moved again, for which they are too old by then.
   */
  #purge(state: number, nowMs: number): void {
    const earlierMs = SWEEP_AFTER_MS - PURGE_AFTER_MS;
    this.#sql.exec(
      'UPDATE kept SET superseded_ms = superseded_ms - ? WHERE superseded_ms > ?',
      earlierMs,
      nowMs - earlierMs,
    );
    this.#due.set('sweep', nowMs);
    // An erasure that came while this release was written purges with the next one.
    if (this.purges(state)) writeCounter(this.#sql, 'purge', 0);
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
    let hasFailed = false;
    try {
      for (let i = 0; i < keys.length; i += DELETES_AT_ONCE)
        await Promise.all(keys.slice(i, i + DELETES_AT_ONCE).map((key) => this.#delete(key)));
    } catch (error) {
      console.error('deleting old packs failed', error); // no reader needs this; the next sweep tries again
      hasFailed = true;
    }
    // Asked after the deletions, because a publish may have purged meanwhile.
    const againMs = keys.length === MAX_SWEPT ? NEXT_SWEEP_MS : this.#nextSweepMs(nowMs);
    this.#due.set('sweep', nowMs + (hasFailed ? RETRY_SWEEP_MS : againMs), true);
    this.#due.arm();
  }

  /**
   * In how many milliseconds the oldest pack that is left is old enough. Packs that this sweep deletes are not left.
   */
  #nextSweepMs(nowMs: number): number {
    const { oldestMs } = this.#sql
      .exec<{ oldestMs: number | null }>(
        'SELECT min(superseded_ms) AS oldestMs FROM kept WHERE superseded_ms > ?',
        nowMs - SWEEP_AFTER_MS,
      )
      .one();
    return Math.max(SWEEP_AGAIN_MS, (oldestMs ?? nowMs) + SWEEP_AFTER_MS - nowMs);
  }

  // The row is marked in the turn that sends the delete. A publish that needs the key again removes the mark and writes
  // the pack after the delete. If the delete fails or the object dies, the mark stays, and the next sweep starts with
  // this row.
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
