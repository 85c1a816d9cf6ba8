/**
 * The Newsroom's tables. Only `entry`, with what `long_text` holds of it, must never be lost: `site`, `day`, `item`,
 * `correction` and `revision` are what it adds up to, kept so that waking needs no replay; `document`, `part` and
 * `shell` are what was rendered from those.
 */
const TABLES = `
CREATE TABLE IF NOT EXISTS entry (
  seq INTEGER PRIMARY KEY, at TEXT NOT NULL, agency TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, reason TEXT,
  salt TEXT, payload TEXT, payload_hash TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS site (one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL, site TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS day (date TEXT PRIMARY KEY, version INTEGER NOT NULL, cells TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS item (
  collection TEXT NOT NULL, serial INTEGER NOT NULL, agency TEXT NOT NULL, item TEXT NOT NULL,
  PRIMARY KEY (collection, serial)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS correction (
  n INTEGER PRIMARY KEY, correction TEXT NOT NULL, release INTEGER);
CREATE TABLE IF NOT EXISTS long_text (
  owner TEXT NOT NULL, i INTEGER NOT NULL, piece TEXT NOT NULL, PRIMARY KEY (owner, i)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS revision (part TEXT PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS staff_key (
  id TEXT PRIMARY KEY, agency TEXT NOT NULL, role TEXT NOT NULL, created_at TEXT NOT NULL, revoked_at TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS answered (
  key TEXT NOT NULL, idempotency_key TEXT NOT NULL, at_ms INTEGER NOT NULL, fingerprint TEXT NOT NULL,
  status INTEGER NOT NULL, body TEXT NOT NULL, wanted INTEGER NOT NULL, release INTEGER,
  PRIMARY KEY (key, idempotency_key)) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS document (
  path TEXT PRIMARY KEY, stamp TEXT NOT NULL, type TEXT NOT NULL, etag TEXT NOT NULL, encoding TEXT NOT NULL,
  size_bytes INTEGER NOT NULL, bytes BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS part (
  collection TEXT NOT NULL, serial INTEGER NOT NULL, stamp TEXT NOT NULL, status INTEGER NOT NULL, texts TEXT NOT NULL,
  PRIMARY KEY (collection, serial));
-- Which templates made the parts is asked at each publish: the texts, many megabytes, must not be read through for it.
CREATE INDEX IF NOT EXISTS part_template ON part (substr(stamp, 1, instr(stamp, '/') - 1));
CREATE TABLE IF NOT EXISTS shell (
  template TEXT PRIMARY KEY, site INTEGER NOT NULL, policy TEXT NOT NULL, shells TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pack (name TEXT PRIMARY KEY, stamp TEXT NOT NULL, key TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, superseded_ms INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS attempt (n INTEGER PRIMARY KEY, wanted INTEGER NOT NULL, flipped_ms INTEGER, done_ms INTEGER, key TEXT);
CREATE TABLE IF NOT EXISTS due (kind TEXT PRIMARY KEY, at_ms INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS failure (one INTEGER PRIMARY KEY CHECK (one = 1), at TEXT NOT NULL, detail TEXT NOT NULL);
`;

/** Makes the tables that are not there yet. */
export function makeTables(sql: SqlStorage): void {
  sql.exec(TABLES);
}

/** Numbers that only grow. `wanted`: states of the bulletin that ask to be published; `published`: those that were. */
export type Counter = 'release' | 'wanted' | 'published';

/** A counter's value; 0 before it was ever set. */
export const readCounter = (sql: SqlStorage, name: Counter): number =>
  sql.exec<{ value: number }>('SELECT value FROM counter WHERE name = ?', name).toArray()[0]?.value ?? 0;

/** Sets a counter. */
export function writeCounter(sql: SqlStorage, name: Counter, value: number): void {
  sql.exec('INSERT OR REPLACE INTO counter (name, value) VALUES (?, ?)', name, value);
}

/** Adds one to a counter and gives the new value. */
export function nextCount(sql: SqlStorage, name: Counter): number {
  const value = readCounter(sql, name) + 1;
  writeCounter(sql, name, value);
  return value;
}
