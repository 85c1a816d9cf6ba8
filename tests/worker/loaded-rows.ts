import type { Bulletin } from '../../worker/model/bulletin.ts';
import { foldLedger } from '../../worker/model/fold.ts';
import type { MemoryRows } from '../../worker/model/memory-rows.ts';
import { LedgerStore } from '../../worker/newsroom/ledger/ledger-store.ts';
import { SqlRows } from '../../worker/newsroom/ledger/sql-rows.ts';
import { allOf, FoldedRows, inMemory, publicCorrections } from './corrections-of.ts';

/** The bulletin of the stored rows, read whole, so that it can be rendered outside of the Newsroom. */
export function loadedBulletin(sql: SqlStorage): Bulletin | null {
  const bulletin = new SqlRows(sql).load(0).bulletin();
  return bulletin && { ...bulletin, corrections: inMemory(bulletin.corrections) };
}

/** The stored rows, and the rows that the ledger folds to, to be compared. */
export function storedAndFoldedRows(sql: SqlStorage) {
  const ledger = new LedgerStore(sql);
  const folded = new FoldedRows();
  foldLedger(
    folded,
    [...ledger.entries(0)].map(({ value }) => value),
    ledger.erasures(),
  );
  const rows = new SqlRows(sql);
  const releases = rows.corrections.releases();
  const all = folded.folded.map((correction) => ({
    ...correction,
    release: releases.get(correction.id) ?? null,
  }));
  return {
    stored: { ...comparable(rows.load(0)), corrections: allOf(rows.corrections.view()) },
    folded: { ...comparable(folded), corrections: publicCorrections(all) },
  };
}

const comparable = ({ days, items, revisions, site }: MemoryRows) => ({
  days: new Map([...days].sort()),
  items,
  revisions,
  site,
});
