import { runInDurableObject } from 'cloudflare:test';
import { foldLedger } from '../../worker/model/fold.ts';
import { changeOf, type Entry } from '../../worker/model/ledger.ts';
import { MemoryRows } from '../../worker/model/memory-rows.ts';
import { SqlRows } from '../../worker/newsroom/ledger/sql-rows.ts';
import { newsroom, pacedStaff as staff } from './staff-client.ts';

/** All entries of the ledger, read page by page. */
export async function ledger(): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (let path: string | null = 'ledger'; path; ) {
    const { body } = await staff('GET', path);
    entries.push(...body.items);
    path = body.next?.replace('/api/v1/staff/', '') ?? null;
  }
  return entries;
}

/** The stored rows, and the rows that the ledger folds to, both without release numbers: the ledger has none. */
export async function storedAndFolded() {
  const folded = new MemoryRows();
  const entries = await ledger();
  const erasures = entries.flatMap((entry) => {
    const change = changeOf(entry);
    return change?.kind === 'erasure' ? [change.payload] : [];
  });
  foldLedger(folded, entries, erasures);
  const stored = await runInDurableObject(newsroom(), (_, state) => new SqlRows(state.storage.sql).load(0));
  const withoutReleases = (rows: MemoryRows) => ({
    ...rows,
    days: new Map([...rows.days].sort()),
    corrections: rows.corrections.map(({ release: _, ...correction }) => correction),
  });
  return { stored: withoutReleases(stored), folded: withoutReleases(folded) };
}
