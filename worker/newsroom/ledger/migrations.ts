/**
 * The Newsroom's tables. Only `entry` and `opening`, with their long texts in `long_text`, must never be lost. `site`,
 * `day`, `item`, `correction` and `revision` are the fold of the entries, stored so that waking needs no replay.
 * `document`, `part` and `shell` are rendered from those.
 */
const FIRST = `
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

/** Adds the times of the last change (for `Last-Modified`), the representations of items, and the render faults. */
const SECOND = `
ALTER TABLE document ADD COLUMN modified TEXT;
ALTER TABLE document ADD COLUMN failed_stamp TEXT;
ALTER TABLE part ADD COLUMN others TEXT;
-- Apart from the parts, whose long texts would be written again with it. The digest tells whether they have changed;
-- modified is null until the release that shows the change is public.
CREATE TABLE part_time (
  collection TEXT NOT NULL, serial INTEGER NOT NULL, digest TEXT NOT NULL, modified TEXT,
  PRIMARY KEY (collection, serial)) WITHOUT ROWID;
CREATE INDEX part_time_open ON part_time (collection) WHERE modified IS NULL;
ALTER TABLE pack ADD COLUMN since TEXT;
CREATE TABLE render_fault (what TEXT PRIMARY KEY, at TEXT NOT NULL, detail TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX correction_release ON correction (release);
`;

/**
 * Indexes for each question that every write or publish asks, so that none reads through a table that grows.
 * `answered.n` numbers the answers of a staff key from 1, for the limit on their number.
 */
const THIRD = `
ALTER TABLE answered ADD COLUMN n INTEGER;
UPDATE answered SET n = numbered.n FROM (
  SELECT key AS k, idempotency_key AS i, row_number() OVER (PARTITION BY key ORDER BY at_ms) AS n FROM answered) AS numbered
  WHERE key = k AND idempotency_key = i;
CREATE INDEX answered_n ON answered (key, n);
CREATE INDEX answered_at ON answered (at_ms);
CREATE INDEX answered_open ON answered (wanted) WHERE release IS NULL;
CREATE INDEX kept_superseded ON kept (superseded_ms);
CREATE INDEX pack_key ON pack (key);
CREATE INDEX staff_key_revoked ON staff_key (id) WHERE revoked_at IS NOT NULL;
CREATE INDEX item_agency ON item (agency);
CREATE INDEX document_template
  ON document (substr(ifnull(failed_stamp, stamp), 1, instr(ifnull(failed_stamp, stamp), '/') - 1));
`;

/** Adds what limits a staff key, what it is called, and when it was last used (to the hour). */
const KEY_LIMITS = `
ALTER TABLE staff_key ADD COLUMN scope TEXT;
ALTER TABLE staff_key ADD COLUMN label TEXT;
ALTER TABLE staff_key ADD COLUMN expires_at TEXT;
ALTER TABLE staff_key ADD COLUMN last_used_at TEXT;
CREATE INDEX staff_key_expires ON staff_key (id, expires_at) WHERE expires_at IS NOT NULL;
`;

/**
 * Entries whose parts can be erased apart (`form` 2; null is the first form), and what is left of them, apart from
 * `entry`: beside a long payload the row would be too long. `answered.seq` is the entry that a stored answer is about.
 */
const ENTRY_PARTS = `
ALTER TABLE entry ADD COLUMN form INTEGER;
CREATE TABLE opening (seq INTEGER PRIMARY KEY, opening TEXT NOT NULL);
ALTER TABLE answered ADD COLUMN seq INTEGER;
CREATE INDEX answered_seq ON answered (seq) WHERE seq IS NOT NULL;
`;

/** How much of each limit is used, and until when news is breaking. `rebuildRows` fills both from the ledger. */
const USAGE = `
CREATE TABLE usage (what TEXT NOT NULL, of TEXT NOT NULL, amount INTEGER NOT NULL, PRIMARY KEY (what, of)) WITHOUT ROWID;
CREATE TABLE breaking (serial INTEGER PRIMARY KEY, until TEXT NOT NULL);
CREATE INDEX breaking_until ON breaking (until);
CREATE INDEX item_size ON item (octet_length(item));
`;

/**
 * Adds to an entry which entries may have been public before it. Before this version all count as public, and so do all
 * that are stored.
 */
const SHOWN = `
ALTER TABLE entry ADD COLUMN shown INTEGER;
INSERT OR REPLACE INTO counter (name, value) SELECT 'offered', ifnull(max(seq), 0) FROM entry;
`;

/**
 * For signed releases. `document.digest` is null until a document is rendered again. `pack.list` is the list of digests
 * in a pack, as JSON; a pack without one is written again. `last_payload` is the digest of the payload of the last
 * release that may be public, which the next release names, and the ids of the keys at that time.
 */
const DIGESTS = `
ALTER TABLE document ADD COLUMN digest TEXT;
ALTER TABLE pack ADD COLUMN list TEXT;
CREATE TABLE last_payload (one INTEGER PRIMARY KEY CHECK (one = 1), digest TEXT NOT NULL, keys TEXT NOT NULL);
`;

/**
 * The public ledger: its pages, and which items' contents the entries of each page hold. Filled from the entries, by
 * steps, before a release.
 */
const PUBLIC_LEDGER = `
CREATE TABLE ledger_page (
  k INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL, size INTEGER NOT NULL, version INTEGER NOT NULL);
CREATE TABLE ledger_item (
  collection TEXT NOT NULL, serial INTEGER NOT NULL, k INTEGER NOT NULL, PRIMARY KEY (collection, serial, k)) WITHOUT ROWID;
`;

/**
 * Corrections without their texts, and the runs of those that only an erasure changes. `subject` is null once a
 * correction is joined into a later one; `unshown` is its `wasUnshown`; `moved` says that a number took another's place;
 * `told` is what the page of corrections tells. `correction.release` is used no longer. `rebuildRows` fills both.
 */
const CORRECTION_HEADS = `
CREATE TABLE correction_head (
  n INTEGER PRIMARY KEY, release INTEGER, id TEXT NOT NULL, seq INTEGER NOT NULL, was_seq INTEGER, subject TEXT,
  unshown INTEGER NOT NULL, size INTEGER NOT NULL, version INTEGER NOT NULL, shown INTEGER NOT NULL,
  moved INTEGER NOT NULL, told TEXT NOT NULL);
CREATE INDEX correction_head_release ON correction_head (release);
CREATE INDEX correction_shown ON correction_head (n) WHERE shown = 1 AND release IS NOT NULL;
CREATE INDEX correction_seq ON correction_head (seq);
CREATE INDEX correction_was_seq ON correction_head (was_seq) WHERE was_seq IS NOT NULL;
CREATE INDEX correction_subject ON correction_head (subject, n) WHERE subject IS NOT NULL;
CREATE INDEX correction_moved ON correction_head (subject, n) WHERE moved = 1;
CREATE TABLE correction_run (
  k INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL, length INTEGER NOT NULL,
  release INTEGER NOT NULL, version INTEGER NOT NULL);
CREATE INDEX correction_run_first ON correction_run (first);
`;

/**
 * The SQL that brings the tables from each version to the next; the first makes version 1. Never edit a migration that
 * has landed: stored tables have already run it. Commit bdb304b created the tables of version 1 without a version
 * number, so the first migration must accept tables that exist.
 */
export const MIGRATIONS: readonly string[] = [
  FIRST,
  SECOND,
  THIRD,
  KEY_LIMITS,
  ENTRY_PARTS,
  USAGE,
  SHOWN,
  DIGESTS,
  PUBLIC_LEDGER,
  CORRECTION_HEADS,
];

/** The tables have a version that this code does not know: newer code was deployed before. */
export class NewerTables extends Error {}

/**
 * Brings the tables to this code's version, in one transaction.
 * @param migrations all migrations; tests pass fewer, or one that fails
 * @throws NewerTables if the tables have a newer version; nothing is changed then
 */
export function migrate(storage: DurableObjectStorage, migrations = MIGRATIONS): void {
  const { sql } = storage;
  const version = tablesVersion(sql);
  if (version > migrations.length)
    throw new NewerTables(
      `the tables have version ${version}, but this code knows only version ${migrations.length}: deploy the newer code again`,
    );
  if (version === migrations.length) return;
  storage.transactionSync(() => {
    for (const migration of migrations.slice(version)) sql.exec(migration);
    sql.exec("INSERT OR REPLACE INTO counter (name, value) VALUES ('tables', ?)", migrations.length);
  });
}

/** The version of the tables; 0 if there are none, or if they were created before versions were numbered. */
function tablesVersion(sql: SqlStorage): number {
  const tables = sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'counter'").toArray();
  if (tables.length === 0) return 0;
  const [row] = sql.exec<{ value: number }>("SELECT value FROM counter WHERE name = 'tables'").toArray();
  return row?.value ?? 0;
}
