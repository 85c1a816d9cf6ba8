import type { Bulletin } from '../../model/bulletin.ts';
import type { Instant } from '../../model/instant.ts';
import type { RenderedRelease } from '../documents/rendering.ts';
import { readCounter, writeCounter } from '../ledger/counters.ts';
import type { PackHead } from './kept-packs.ts';

/** A release that is public: its number, its key in KV, and when it was noted as public, in ms since 1970. */
export type PublicRelease = { readonly n: number; readonly key: string; readonly doneMs: number };

/** The digest of the payload of a release, and the ids of the keys with which it was published, by commas. */
export type LastPayload = { readonly digest: string; readonly keys: string };

/** A release that has just become public, with all that is noted of it. */
export type DoneRelease = {
  readonly n: number;
  /** The number of the state that it shows. */
  readonly state: number;
  readonly bulletin: Bulletin;
  readonly rendered: RenderedRelease;
  readonly packs: readonly PackHead[];
  /** Whether the release is the first without what an erasure removed. */
  readonly purges: boolean;
  /**
   * The keys of this release, of the packs that it names, and of the previous release unless that held an erased text.
   */
  readonly neededKeys: readonly string[];
  readonly publishedAt: Instant;
  readonly boundaryMs: number;
};

/** The attempts to publish. Each is noted before it writes `current`, so that an interrupted attempt is known. */
export class Attempts {
  readonly #sql: SqlStorage;
  /** `seq` of the last ledger entry that the attempt under way shows; null without one, or if that may change. */
  #shownSeq: number | null = null;
  /** Whether the attempt under way shows its entries to the public: a site that is not open shows none. */
  #isOpen = false;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** The last release that was noted as public; null before the first. */
  lastDone(): PublicRelease | null {
    const [row] = this.#sql
      .exec<PublicRelease>(
        'SELECT n, key, done_ms AS doneMs FROM attempt WHERE done_ms IS NOT NULL ORDER BY n DESC LIMIT 1',
      )
      .toArray();
    return row ?? null;
  }

  /** Whether an attempt may have written `current` and was never noted as done: its write may still reach KV. */
  isDoubtful(): boolean {
    const rows = this.#sql.exec(
      'SELECT 1 FROM attempt WHERE flipped_ms IS NOT NULL AND done_ms IS NULL LIMIT 1',
    );
    return rows.toArray().length > 0;
  }

  /**
   * `seq` of the last ledger entry that may be public: in a release of an open site whose write of `current` has begun,
   * or in the attempt under way, once nothing stops it from becoming public.
   */
  offered(): number {
    return Math.max(readCounter(this.#sql, 'offered'), this.#isOpen ? (this.#shownSeq ?? 0) : 0);
  }

  /** Notes a new attempt, and deletes the attempts that were not done. Within the caller's transaction. */
  begin(n: number, state: number): void {
    this.#sql.exec('DELETE FROM attempt WHERE done_ms IS NULL');
    this.#sql.exec('INSERT INTO attempt (n, wanted) VALUES (?, ?)', n, state);
  }

  /**
   * Notes that nothing stops the attempt under way from becoming public.
   * @param shownSeq the seq of the last ledger entry that it shows
   * @param isOpen whether the site is open
   */
  offer(shownSeq: number, isOpen: boolean): void {
    this.#shownSeq = shownSeq;
    this.#isOpen = isOpen;
  }

  /**
   * Notes that an attempt is about to write `current`. From now on its release may be public, whatever becomes of the
   * attempt.
   */
  noteMove(n: number, key: string, nowMs: number, payload: LastPayload): void {
    this.#sql.exec('UPDATE attempt SET flipped_ms = ?, key = ? WHERE n = ?', nowMs, key, n);
    writeCounter(this.#sql, 'offered', this.offered());
    this.#sql.exec(
      'INSERT OR REPLACE INTO last_payload (one, digest, keys) VALUES (1, ?, ?)',
      payload.digest,
      payload.keys,
    );
  }

  /**
   * Notes that the attempt under way has failed: what it shows is not public, unless it has begun to write `current`.
   */
  giveUp(): void {
    this.#shownSeq = null;
  }

  /** The payload of the last release that may be public; null before the first. */
  lastPayload(): LastPayload | null {
    return this.#sql.exec<LastPayload>('SELECT digest, keys FROM last_payload').toArray()[0] ?? null;
  }

  /** Notes that an attempt is public, and deletes older ones. Within the caller's transaction. */
  noteDone(n: number, nowMs: number): void {
    this.#sql.exec('UPDATE attempt SET done_ms = ? WHERE n = ?', nowMs, n);
    if (this.#shownSeq !== null) writeCounter(this.#sql, 'shown', this.#shownSeq);
    this.#shownSeq = null;
    this.#sql.exec('DELETE FROM attempt WHERE n < ?', n);
  }
}
