import { type Bulletin, type PublicItem, publicItems } from '../../model/bulletin.ts';
import { compareItems } from '../../model/collections/collection.ts';
import type { Collection } from '../../model/collections/content.ts';

type Known = { readonly revision: number; readonly items: readonly PublicItem<Collection>[] };

// Sorting 2,000 items takes milliseconds, and every list, page and feed of one publish needs the same order.
const known = new WeakMap<object, Known>();

/** The public items of a collection in the contract's order: worked out once for all documents of a publish. */
export function listedItems<C extends Collection>(
  bulletin: Bulletin,
  collection: C,
): readonly PublicItem<C>[] {
  const rows = bulletin.items[collection];
  const revision = bulletin.revisions[collection];
  const before = known.get(rows);
  if (before?.revision === revision) return before.items as unknown as readonly PublicItem<C>[];
  const items = publicItems(bulletin, collection, compareItems(collection));
  known.set(rows, { revision, items: items as unknown as Known['items'] });
  return items;
}

/** The first number of the hotlines, if there is one. */
export const hotlineOf = (bulletin: Bulletin): PublicItem<'contacts'> | undefined =>
  listedItems(bulletin, 'contacts').find(
    ({ content }) => content.kind === 'hotline' && content.phone !== undefined,
  );
