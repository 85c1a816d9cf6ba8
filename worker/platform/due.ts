/**
 * What the alarm is for. `publish`: something waits to be published. `boundary`: a document is out of date by itself.
 * `settle`: a `current` whose writing had no known outcome may still arrive, and must not stand for good.
 * `sweep`: packs that nothing names any more may go.
 */
export type DueKind = 'publish' | 'boundary' | 'settle' | 'sweep';

/** When the Newsroom must act by itself: one row a kind, and the object's one alarm set to the earliest. */
export class Due {
  readonly #storage: DurableObjectStorage;
  #armedMs: number | null | undefined;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** Sets the time of a kind, in ms since 1970; an earlier one that is set already stays unless `replace`. */
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

  /** The kinds whose time has come. */
  past(nowMs: number): ReadonlySet<DueKind> {
    const rows = this.#storage.sql
      .exec<{ kind: string }>('SELECT kind FROM due WHERE at_ms <= ?', nowMs)
      .toArray();
    return new Set(rows.map((row) => row.kind as DueKind));
  }

  /**
   * Sets the alarm to the earliest time. Called without an `await` after the rows it goes by were written, it is made
   * durable together with them. `fired` is whether the alarm that was set has just gone off.
   */
  arm(fired = false): void {
    if (fired) this.#armedMs = undefined;
    const earliest = this.#storage.sql
      .exec<{ at: number | null }>('SELECT min(at_ms) AS at FROM due')
      .one().at;
    if (earliest === this.#armedMs) return;
    this.#armedMs = earliest;
    // Not awaited: the output gate holds answers back until it is durable, and a failed write resets the object.
    if (earliest === null) void this.#storage.deleteAlarm();
    else void this.#storage.setAlarm(earliest);
  }
}
