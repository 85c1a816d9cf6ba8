import { foldLedger } from '../../model/fold.ts';
import { writeCounter } from './counters.ts';
import type { LedgerStore } from './ledger-store.ts';
import { SqlRows } from './sql-rows.ts';

/**
 * The version of the fold. Raise it when the same ledger gives different rows than before: every site then rebuilds its
 * rows. 1: commit bdb304b and before, which stored no version. 2: a contact's own address is `website`, and a correction
 * of a figure names the agency that reports the figure.
 */
export const ROWS_VERSION = 2;

/**
 * Rebuilds the bulletin's rows from the ledger. The ledger does not say which release first showed a correction: that
 * number is carried over by the correction's id. Call within a transaction.
 */
export function rebuildRows(sql: SqlStorage, ledger: LedgerStore): void {
  const rows = new SqlRows(sql);
  const releases = rows.correctionReleases();
  for (const table of ['site', 'day', 'item', 'correction', 'revision']) sql.exec(`DELETE FROM ${table}`);
  sql.exec("DELETE FROM long_text WHERE substr(owner, 1, 11) = 'correction/'");
  foldLedger(rows, entriesOf(ledger), ledger.erasures());
  rows.restoreReleases(releases);
  writeCounter(sql, 'rows', ROWS_VERSION);
}

function* entriesOf(ledger: LedgerStore) {
  for (const { value } of ledger.entries(0)) yield value;
}
