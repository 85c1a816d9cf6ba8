import { readCounter, writeCounter } from '../ledger/counters.ts';

/** A release that is public: its number, its key in KV, and when it was noted as public, in ms since 1970. */
export type PublicRelease = { readonly n: number; readonly key: string; readonly doneMs: number };

/** The attempts to publish. Each is noted before it writes `current`, so that an interrupted attempt is known. */
export class Attempts {
  readonly #sql: SqlStorage;
  /** `seq` of the last ledger entry that the attempt under way shows; null if none is under way. */
  #shownSeq: number | null = null;

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
   * `seq` of the last ledger entry that may be public: in a release whose write of `current` has begun, or in the attempt
   * under way, which nothing stops from becoming public.
   */
  offered(): number {
    return Math.max(readCounter(this.#sql, 'offered'), this.#shownSeq ?? 0);
  }

  /**
   * Notes a new attempt, and deletes the attempts that were not done. Within the caller's transaction.
   * @param shownSeq the seq of the last ledger entry that it shows
   */
  begin(n: number, state: number, shownSeq: number): void {
    this.#shownSeq = shownSeq;
    this.#sql.exec('DELETE FROM attempt WHERE done_ms IS NULL');
    this.#sql.exec('INSERT INTO attempt (n, wanted) VALUES (?, ?)', n, state);
  }

  /** Notes that an attempt is about to write `current`. */
  noteMove(n: number, key: string, nowMs: number): void {
    this.#sql.exec('UPDATE attempt SET flipped_ms = ?, key = ? WHERE n = ?', nowMs, key, n);
    writeCounter(this.#sql, 'offered', this.offered());
  }

  /** Notes that the attempt under way has failed: what it shows is not public, unless it has begun to write `current`. */
  giveUp(): void {
    this.#shownSeq = null;
  }

  /** Notes that an attempt is public, and deletes older ones. Within the caller's transaction. */
  noteDone(n: number, nowMs: number): void {
    this.#sql.exec('UPDATE attempt SET done_ms = ? WHERE n = ?', nowMs, n);
    if (this.#shownSeq !== null) writeCounter(this.#sql, 'shown', this.#shownSeq);
    this.#shownSeq = null;
    this.#sql.exec('DELETE FROM attempt WHERE n < ?', n);
  }
}
