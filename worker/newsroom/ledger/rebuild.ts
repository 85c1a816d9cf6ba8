import { foldLedger } from '../../model/fold.ts';
import { writeCounter } from './counters.ts';
import type { LedgerStore } from './ledger-store.ts';
import { SqlRows } from './sql-rows.ts';

/**
 * The version of the fold: it counts up when the same ledger adds up to other rows than before, and the rows of every
 * site are then made anew. 1: rows of bdb304b and before bear none. 2: a contact's own address is `website`, and a
 * correction of a figure bears the agency that reports it.
 */
export const ROWS_VERSION = 2;

/**
 * Makes the bulletin's rows anew from the ledger. In which release a correction first stood is no part of the ledger: it
 * is kept by the correction's id. Call within a transaction.
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
