/**
 * Numbers that only grow, but for the last three.
 *
 * - `release`: the highest release number used.
 * - `requested`: the newest state of the bulletin that must be published.
 * - `published`: the newest state that is public.
 * - `shown`: the seq of the last ledger entry that the last release shows.
 * - `offered`: the same for the last release of an open site whose write of `current` has begun: it may be public.
 * - `settings`: the revision of the settings that the last release shows.
 * - `rows`: the version of the fold that wrote the bulletin's rows.
 * - `waiting`: how many pages of the last release still show older settings, and one more if its public ledger is not
 *   whole.
 * - `render_all`: 1 from a rebuild that found wrong rows, or that the operator asked for, until the next publish
 *   renders everything again.
 * - `purge`: the newest state that an erasure made, until a release shows it; 0 without one.
 */
export type Counter =
  | 'release'
  | 'requested'
  | 'published'
  | 'shown'
  | 'offered'
  | 'settings'
  | 'rows'
  | 'waiting'
  | 'render_all'
  | 'purge';

// The table still uses the older name of `requested`.
const STORED: { readonly [C in Counter]?: string } = { requested: 'wanted' };
const storedName = (name: Counter): string => STORED[name] ?? name;

/** A counter's value; 0 if it was never set. */
export const readCounter = (sql: SqlStorage, name: Counter): number =>
  sql.exec<{ value: number }>('SELECT value FROM counter WHERE name = ?', storedName(name)).toArray()[0]
    ?.value ?? 0;

/** Sets a counter. */
export function writeCounter(sql: SqlStorage, name: Counter, value: number): void {
  sql.exec('INSERT OR REPLACE INTO counter (name, value) VALUES (?, ?)', storedName(name), value);
}

/** Adds one to a counter and gives the new value. */
export function nextCount(sql: SqlStorage, name: Counter): number {
  const value = readCounter(sql, name) + 1;
  writeCounter(sql, name, value);
  return value;
}
