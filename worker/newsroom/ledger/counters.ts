/**
 * Numbers that only grow. `release`: the highest number given to a release. `requested`: states of the bulletin that ask
 * to be published. `published`: those that were. `shown`: the ledger's last entry that the last release shows. `rows`: the
 * version of the fold that made the bulletin's rows.
 */
export type Counter = 'release' | 'requested' | 'published' | 'shown' | 'rows';

// Named before `requested` was the word.
const STORED: { readonly [C in Counter]?: string } = { requested: 'wanted' };
const storedName = (name: Counter): string => STORED[name] ?? name;

/** A counter's value; 0 before it was ever set. */
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
