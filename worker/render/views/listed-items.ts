import { type Bulletin, type PublicItem, publicItems } from '../../model/bulletin.ts';
import { type Collection, compareItems } from '../../model/collections/registry.ts';
import { type NamedKind, namedContacts } from '../../model/named-contacts.ts';

type Listed<C extends Collection> = { readonly revision: number; readonly items: readonly PublicItem<C>[] };

// Sorting 2,000 items takes milliseconds, and every list, page and feed of one publish needs the same order. The key is
// the collection's rows, which are the same object as long as the Newsroom is awake.
const lists = new WeakMap<object, Listed<never>>();

/** The public items of a collection, in the contract's order; the same array until one of the items changes. */
export function listedItems<C extends Collection>(
  bulletin: Bulletin,
  collection: C,
): readonly PublicItem<C>[] {
  const rows = bulletin.items[collection];
  const revision = bulletin.revisions[collection];
  const cached = lists.get(rows);
  if (cached?.revision === revision) return cached.items;
  const items = publicItems(bulletin, collection, compareItems(collection));
  lists.set(rows, { revision, items } as Listed<never>);
  return items;
}

/** The public contacts in the place of a kind: see `namedContacts`. */
export const placedContacts = (bulletin: Bulletin, kind: NamedKind): readonly PublicItem<'contacts'>[] =>
  namedContacts(bulletin.site, kind, listedItems(bulletin, 'contacts'));

/** The hotline, which has a phone number; undefined if there is none. */
export const hotlineOf = (bulletin: Bulletin): PublicItem<'contacts'> | undefined =>
  placedContacts(bulletin, 'hotline')[0];
