/**
 * Why the Newsroom must act. `publish`: changes wait to be published. `boundary`: a document changes by itself.
 * `settle`: a write of `current` with an unknown outcome may still arrive, and must not stay the last one. `sweep`:
 * packs that no release names any more may be deleted.
 */
export type DueKind = 'publish' | 'boundary' | 'settle' | 'sweep';

/** When the Newsroom must act by itself: one row for each kind. The object's only alarm is at the earliest time. */
export class Due {
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
  set(kind: DueKind, atMs: number, replace = false): void {
    this.#storage.sql.exec(
      `INSERT INTO due (kind, at_ms) VALUES (?, ?)
       ON CONFLICT (kind) DO UPDATE SET at_ms = ${replace ? 'excluded.at_ms' : 'min(at_ms, excluded.at_ms)'}`,
      kind,
      Math.ceil(atMs),
    );
  }

  clear(kind: DueKind): void {
    this.#storage.sql.exec('DELETE FROM due WHERE kind = ?', kind);
  }

  /** The kinds whose time has passed at `nowMs`, or is `nowMs`. */
  past(nowMs: number): ReadonlySet<DueKind> {
    const rows = this.#storage.sql
      .exec<{ kind: string }>('SELECT kind FROM due WHERE at_ms <= ?', nowMs)
      .toArray();
    return new Set(rows.map((row) => row.kind as DueKind));
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
