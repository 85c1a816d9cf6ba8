import type { Change } from './change.ts';
import type { Collection } from './collections/registry.ts';
import { withoutParts } from './entry-parts.ts';
import type { ItemId } from './item.ts';
import { changeOf, type Entry, headOf, type Sha256 } from './ledger.ts';

/** The name of an item. */
export type ItemName = { readonly collection: Collection; readonly id: ItemId };

/** The members of an erasure's payload that say only what was erased. */
const PUBLIC_OF_ERASURE: ReadonlySet<string> = new Set([
  'seq',
  'figures',
  'items',
  'withdrawal',
  'reason',
  'partial',
]);

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
 * An entry as the public sees it. `reasonErased`: the entry was erased, and its reason is left out, although its hash
 * covers the reason. Nobody can check the head then, only that the next entry names its hash.
 */
export type PublicEntry = Entry & { readonly reasonErased?: true };

/**
 * Gives the head and the hash of an entry, and of its payload and reason what is public. An entry of form 2 keeps the
 * items that are public, and has the hashes of the others, as if they were erased. Any other payload is left out as a
 * whole, with the salts, if something in it is not public.
 * @param isPublic whether readers may see an item
 */
export function publicEntry(
  entry: Entry,
  isPublic: (item: ItemName) => boolean,
  sha256: Sha256,
): PublicEntry {
  const change = changeOf(entry);
  if (!change || !isPublicChange(change)) return headAlone(entry);
  const items = itemsIn(entry);
  const hidden = items.filter((item) => !isPublic(item));
  if (hidden.length === 0) return entry;
  if (entry.form === undefined || change.kind !== 'items' || hidden.length === items.length)
    return headAlone(entry);
  const ids = new Set(hidden.map(({ id }): string => id));
  const groups = new Map([[change.payload.collection, ids]]);
  return withoutParts(entry, change, { reason: false, groups }, sha256);
}

/**
 * An entry without salts and payload. The hash of an entry of the first form covers its reason: where the payload was
 * erased, the reason must not be shown either.
 */
function headAlone(entry: Entry): PublicEntry {
  const head = headOf(entry);
  const { hash } = entry;
  if (entry.form !== undefined || head.reason === undefined || entry.payload !== undefined)
    return { ...head, hash };
  const { reason: _, ...rest } = head;
  return { ...rest, hash, reasonErased: true };
}

/** The settings of the past are not: `site.json` shows those of now, and an entry of settings can't be erased. */
const isPublicChange = ({ kind, payload }: Change): boolean =>
  kind !== 'site' &&
  (kind !== 'erasure' || Object.keys(payload).every((name) => PUBLIC_OF_ERASURE.has(name)));
