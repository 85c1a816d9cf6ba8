/**
 * When a Durable Object must act by itself, and why: one row for each kind of reason, in the table `due`, which the object
 * must have. The object's only alarm is at the earliest time.
 */
export class Due<Kind extends string> {
  readonly #storage: DurableObjectStorage;
  #armedMs: number | null | undefined;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /**
   * Sets the time of a kind.
   * @param atMs milliseconds since 1970
   * @param replace whether `atMs` also replaces an earlier time
   */
  set(kind: Kind, atMs: number, replace = false): void {
    this.#storage.sql.exec(
      `INSERT INTO due (kind, at_ms) VALUES (?, ?)
       ON CONFLICT (kind) DO UPDATE SET at_ms = excluded.at_ms WHERE excluded.at_ms ${replace ? '<>' : '<'} at_ms`,
      kind,
      Math.ceil(atMs),
    );
  }

  clear(kind: Kind): void {
    this.#storage.sql.exec('DELETE FROM due WHERE kind = ?', kind);
  }

  /** The kinds whose time has passed at `nowMs`, or is `nowMs`. */
  past(nowMs: number): ReadonlySet<Kind> {
    const rows = this.#storage.sql
      .exec<{ kind: string }>('SELECT kind FROM due WHERE at_ms <= ?', nowMs)
      .toArray();
    return new Set(rows.map((row) => row.kind as Kind));
  }

  /**
   * Sets the alarm to the earliest time. Call it without an `await` after the writes of the rows, so that the rows and
   * the alarm become durable together.
   * @param fired whether the alarm has just fired, so that none is set now
   */
  arm(fired = false): void {
    if (fired) this.#armedMs = undefined;
    const { earliestMs } = this.#storage.sql
      .exec<{ earliestMs: number | null }>('SELECT min(at_ms) AS earliestMs FROM due')
      .one();
    if (earliestMs === this.#armedMs) return;
    this.#armedMs = earliestMs;
    // Not awaited: the output gate holds answers back until the alarm is durable, and a failed write resets the object.
    if (earliestMs === null) void this.#storage.deleteAlarm();
    else void this.#storage.setAlarm(earliestMs);
  }
}
