import type { Change } from './change.ts';
import type { Collection } from './collections/registry.ts';
import type { ItemId } from './item.ts';
import { changeOf, type Entry } from './ledger.ts';

/** The name of an item. */
export type ItemName = { readonly collection: Collection; readonly id: ItemId };

/** The members of an erasure's payload that say only what was erased. */
const PUBLIC_OF_ERASURE: ReadonlySet<string> = new Set(['seq', 'figures', 'items', 'withdrawal']);

/** The items whose content the payload of an entry holds. */
export function itemsIn(entry: Entry): readonly ItemName[] {
  const change = changeOf(entry);
  if (!change) return [];
  switch (change.kind) {
    case 'items': {
      const { collection, items } = change.payload;
      return items.map(({ id }) => ({ collection, id }));
    }
    case 'edit':
      return [change.payload];
    case 'site':
    case 'figures':
    case 'withdrawal':
    case 'erasure':
      return [];
    default:
      return change satisfies never;
  }
}

/**
 * An entry as the public sees it. `reasonErased`: the entry was erased, but its hash covers a reason, which is left out: the
 * head can't be checked then, only that the next entry names its hash.
 */
export type PublicEntry = Entry & { readonly reasonErased?: true };

/**
 * An entry as the public sees it: its head and its hash, and salt and payload if all that the payload holds is public. The
 * payload is hashed as a whole, so that of an entry with one withdrawn item stays out as a whole.
 * @param isPublic whether readers may see an item
 */
export function publicEntry(entry: Entry, isPublic: (item: ItemName) => boolean): PublicEntry {
  const change = changeOf(entry);
  if (change && isPublicChange(change) && itemsIn(entry).every(isPublic)) return entry;
  const { salt: _salt, payload: _payload, ...head } = entry;
  if (change || head.reason === undefined) return head;
  const { reason: _reason, ...rest } = head;
  return { ...rest, reasonErased: true };
}

const isPublicChange = ({ kind, payload }: Change): boolean =>
  kind !== 'erasure' || Object.keys(payload).every((name) => PUBLIC_OF_ERASURE.has(name));
