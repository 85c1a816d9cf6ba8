/** A release that is public: its number, its key in KV, and when it was noted to be public, in ms since 1970. */
export type Done = { readonly n: number; readonly key: string; readonly doneMs: number };

/** What was tried of releases: each attempt is noted before it can be seen, so that one cut off is known of. */
export class Attempts {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** The last release known to be public, or null before the first. */
  last(): Done | null {
    const [row] = this.#sql
      .exec<Done>(
        'SELECT n, key, done_ms AS doneMs FROM attempt WHERE done_ms IS NOT NULL ORDER BY n DESC LIMIT 1',
      )
      .toArray();
    return row ?? null;
  }

  /** Whether an attempt may have become current that was never noted as done: its write may still arrive. */
  isDoubtful(): boolean {
    const rows = this.#sql.exec(
      'SELECT 1 FROM attempt WHERE flipped_ms IS NOT NULL AND done_ms IS NULL LIMIT 1',
    );
    return rows.toArray().length > 0;
  }

  /** Notes an attempt in place of those that were not done. Within the caller's transaction. */
  begin(n: number, state: number): void {
    this.#sql.exec('DELETE FROM attempt WHERE done_ms IS NULL');
    this.#sql.exec('INSERT INTO attempt (n, wanted) VALUES (?, ?)', n, state);
  }

  /** Notes that an attempt is about to become current. */
  flip(n: number, key: string, nowMs: number): void {
    this.#sql.exec('UPDATE attempt SET flipped_ms = ?, key = ? WHERE n = ?', nowMs, key, n);
  }

  /** Notes that an attempt is public. Within the caller's transaction. */
  done(n: number, nowMs: number): void {
    this.#sql.exec('UPDATE attempt SET done_ms = ? WHERE n = ?', nowMs, n);
    this.#sql.exec('DELETE FROM attempt WHERE n < ?', n);
  }
}
