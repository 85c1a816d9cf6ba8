import { runInDurableObject } from 'cloudflare:test';
import type { Entry } from '../../worker/model/ledger.ts';
import { storedAndFoldedRows } from './loaded-rows.ts';
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

/** The stored rows, and the rows that the ledger folds to. */
export const storedAndFolded = () =>
  runInDurableObject(newsroom(), (_, { storage }) => storedAndFoldedRows(storage.sql));
