import { createHash } from 'node:crypto';
import { foldLedger } from '../../model/fold.ts';
import { readCounter, writeCounter } from './counters.ts';
import type { LedgerStore } from './ledger-store.ts';
import { SqlRows } from './sql-rows.ts';

/**
 * The version of the fold. Raise it when the same ledger gives different rows than before: every site then rebuilds its
 * rows. 1: commit bdb304b and before, which stored no version. 2: a contact's own address is `website`, and a
 * correction of a figure names the agency that reports the figure. 3: a correction of an edit does not list a text
 * whose languages only changed their order. 4: an erased figure leaves a correction, and a figure that is set anew
 * after it was taken back does too. 5: the use of limits is counted, an item says which entry published it, and a
 * figure whether it replaced a public one. 6: an item says which entry edited it last, and a correction whether it
 * changed what was not public yet. 7: a figure that a later reading set keeps what was public before it.
 * 8: a correction of a remark names its metric, and that of a withdrawn one what it was counted as.
 * 10: the use of limits that all agencies share is counted for each.
 * 11: what readers see of the corrections is in rows of its own, joined.
 * 12 (9 was never used): what is known of figures beside their numbers counts for its agency.
 */
export const ROWS_VERSION = 12;

/**
 * Rebuilds the bulletin's rows from the ledger. The ledger does not say which release first showed a correction: that
 * number is carried over by the correction's id. If rows of this version of the fold were wrong, documents may be too,
 * under the stamps of the right rows: then everything must be rendered again. Call within a transaction.
 */
export function rebuildRows(sql: SqlStorage, ledger: LedgerStore): void {
  const rows = new SqlRows(sql);
  const before = readCounter(sql, 'rows') === ROWS_VERSION ? rowsDigest(sql) : null;
  const releases = rows.corrections.releases();
  for (const table of ['site', 'day', 'item', 'revision', 'breaking']) sql.exec(`DELETE FROM ${table}`);
  sql.exec("DELETE FROM usage WHERE what <> 'dailyBytes'"); // the ledger has no hours of the site to count these from
  rows.corrections.clear();
  foldLedger(rows, entriesOf(ledger), ledger.erasures());
  rows.corrections.restoreReleases(releases);
  writeCounter(sql, 'rows', ROWS_VERSION);
  if (before !== null && before !== rowsDigest(sql)) writeCounter(sql, 'render_all', 1);
}

/** A hash of all rows of the bulletin. */
function rowsDigest(sql: SqlStorage): string {
  const hash = createHash('sha256');
  for (const select of [
    'SELECT * FROM site',
    'SELECT * FROM day ORDER BY date',
    'SELECT * FROM item ORDER BY collection, serial',
    'SELECT n, correction FROM correction ORDER BY n',
    'SELECT n, release, id, subject, shown, moved, told FROM correction_head ORDER BY n',
    "SELECT * FROM long_text WHERE substr(owner, 1, 11) = 'correction/' ORDER BY owner, i",
    'SELECT * FROM revision ORDER BY part',
  ]) {
    hash.update(select);
    for (const row of sql.exec(select)) hash.update(JSON.stringify(row));
  }
  return hash.digest('hex');
}

function* entriesOf(ledger: LedgerStore) {
  for (const { value } of ledger.entries(0)) yield value;
}
