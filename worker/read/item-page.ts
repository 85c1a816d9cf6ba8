import { isCollection } from '../model/collections/registry.ts';
import type { Instant } from '../model/instant.ts';
import { type ItemId, parseItemId } from '../model/item.ts';
import type { ItemPacks, ItemsIndex, PackedItem } from '../pack/format.ts';
import type { Env } from '../platform/env.ts';
import { type PlacedPart, parsePart } from './joined-page.ts';
import type { LoadedRelease } from './loaded-release.ts';
import { type Pack, packs } from './packs.ts';

/** Where the page or a representation of an item is stored, as far as the release's index tells without a read. */
export type ItemAddress = {
  /** Empty if the representation is the same in all languages. */
  readonly language: string;
  readonly id: ItemId;
  /** The name of a representation; null for the page. */
  readonly representation: string | null;
  /** The key of the item's pack. */
  readonly key: string;
  /** When the pack's items last changed, for items without their own `modified`; undefined if not known. */
  readonly since: Instant | undefined;
};

/** An item and the pack that holds it. */
export type ItemInPack = { readonly pack: Pack<ItemsIndex>; readonly item: PackedItem };

/**
 * Finds the item of a path: a permalink `/{lang}/{collection}/{id}`, or the path of a representation. Null if the
 * release has no such path or the id is above the highest one. The release's index names the collections with such
 * paths.
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
  idText: string,
  representation: string | null,
): ItemAddress | null {
  const id = parseItemId(idText);
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

/**
 * Reads an item from its pack: `missing` if the pack does not have the item, `unreadable` if KV does not give the pack.
 */
export async function packedItem(
  { id, key }: ItemAddress,
  env: Env,
  ctx: ExecutionContext,
  nowMs: number,
): Promise<ItemInPack | 'missing' | 'unreadable'> {
  const pack = await packs.read<ItemsIndex>(env, ctx, { key, kind: 'items' }, nowMs);
  if (!pack) return 'unreadable';
  const item = Object.hasOwn(pack.index.items, id) ? pack.index.items[id] : undefined;
  return item ? { pack, item } : 'missing';
}

/**
 * Whether an item's page or representation is not rendered in the address's language yet: the site has just gained this
 * language.
 */
export function isUnrendered({ item }: ItemInPack, { language, representation }: ItemAddress): boolean {
  const byLanguage = representation === null ? item.parts : item.representations?.[representation];
  return byLanguage !== undefined && !Object.hasOwn(byLanguage, language);
}

/** The part of an item's page; null if the item has no part in the language. */
export function itemPart({ pack, item }: ItemInPack, { language, since }: ItemAddress): PlacedPart | null {
  const part = item.parts[language];
  if (!part) return null;
  const read = () => parsePart(pack.bytes.subarray(part.at, part.at + part.length));
  const { status, template, modified = since } = item;
  return { language, etag: part.etag, status, template, modified, read };
}
