import { isCollection } from '../model/collections/registry.ts';
import type { Instant } from '../model/instant.ts';
import { type ItemId, parseItemId } from '../model/item.ts';
import type { ItemPacks, ItemsIndex, PackedItem } from '../pack/format.ts';
import type { Env } from '../platform/env.ts';
import { type PlacedPart, parsePart } from './joined-page.ts';
import type { LoadedRelease } from './loaded-release.ts';
import { type Pack, packs } from './packs.ts';

/** Where something of an item is to be found, as far as the release knows without a read. */
export type ItemAddress = {
  /** An empty text where it is the same in all languages. */
  readonly language: string;
  readonly id: ItemId;
  /** The name of what the item has beside its page; null for the page. */
  readonly representation: string | null;
  /** The key of its pack, and when what is in it last changed, where items do not say so themselves. */
  readonly key: string;
  readonly since: Instant | undefined;
};

/** What a pack has of an item. */
export type PackedHere = { readonly pack: Pack<ItemsIndex>; readonly item: PackedItem };

/**
 * The item a path is of, or null where the release knows there is none: the permalink `/{lang}/{collection}/{id}`, or the
 * path of a representation, with an id not above the highest. Which collections have such paths the release says.
 */
export function itemAddress(release: LoadedRelease, path: string): ItemAddress | null {
  const { index } = release;
  if (!index.open) return null;
  const [empty, language = '', collection = '', id = '', ...more] = path.split('/', 5);
  const items = isCollection(collection) ? index.items[collection] : undefined;
  const isPermalink = empty === '' && more.length === 0 && index.languages.includes(language);
  const page = items && isPermalink ? addressIn(items, language, id, null) : null;
  return page ?? representationAddress(release, path);
}

function addressIn(
  { highest, packs }: ItemPacks,
  language: string,
  text: string,
  representation: string | null,
): ItemAddress | null {
  const id = parseItemId(text);
  if (id === null || Number(id) > highest) return null;
  const pack = packs.findLast(({ first }) => first <= Number(id));
  return pack ? { language, id, representation, key: pack.key, since: pack.since } : null;
}

function representationAddress({ index, representations }: LoadedRelease, path: string): ItemAddress | null {
  for (const { items, name, pattern } of representations) {
    const { id = '', language = '' } = pattern.exec(path)?.groups ?? {};
    const isLanguage = language === '' || index.languages.includes(language);
    const address = id && isLanguage ? addressIn(items, language, id, name) : null;
    if (address) return address;
  }
  return null;
}

/** What the pack of an item has of it; `missing` if nothing, `unreadable` if KV does not give the pack. */
export async function packedItem(
  { id, key }: ItemAddress,
  env: Env,
  ctx: ExecutionContext,
  nowMs: number,
): Promise<PackedHere | 'missing' | 'unreadable'> {
  const pack = await packs.read<ItemsIndex>(env, ctx, { key, kind: 'items' }, nowMs);
  if (!pack) return 'unreadable';
  const item = Object.hasOwn(pack.index.items, id) ? pack.index.items[id] : undefined;
  return item ? { pack, item } : 'missing';
}

/** The part of an item's page; null if it has none in the language. */
export function itemPart({ pack, item }: PackedHere, { language, since }: ItemAddress): PlacedPart | null {
  const part = item.parts[language];
  if (!part) return null;
  const read = () => parsePart(pack.bytes.subarray(part.at, part.at + part.length));
  const { status, template, modified = since } = item;
  return { language, etag: part.etag, status, template, modified, read };
}
