import type { Bulletin } from '../../model/bulletin.ts';
import type { Entry, Sha256 } from '../../model/ledger.ts';
import { type ItemName, publicEntry } from '../../model/public-entry.ts';
import { jsonText } from '../document.ts';

/** Raise it when the same entries give other bytes: every page of the public ledger is then rendered again. */
export const LEDGER_FORM = 1;

/**
 * A page of the public ledger, newest entry first.
 * @param entries of the page, oldest first
 * @param next the path of the page of older entries; null on the oldest page
 */
export function ledgerPage(
  { items }: Bulletin,
  entries: readonly Entry[],
  next: string | null,
  sha256: Sha256,
): string {
  const isPublic = ({ collection, id }: ItemName): boolean => {
    const item = items[collection].get(id);
    return item !== undefined && item.content !== null && item.withdrawal === undefined;
  };
  return jsonText({ items: entries.toReversed().map((entry) => publicEntry(entry, isPublic, sha256)), next });
}
