import { isCollection } from '../model/collections/registry.ts';
import { parseItemId } from '../model/item.ts';
import type { ItemsIndex } from '../pack/format.ts';
import type { Env } from '../platform/env.ts';
import { type PlacedPart, parsePart } from './joined-page.ts';
import type { LoadedRelease } from './loaded-release.ts';
import { packs } from './packs.ts';

/** Where an item's page is to be found, as far as the release knows without a read. */
export type ItemAddress = { readonly language: string; readonly id: string; readonly key: string };

/**
 * The item a path is the permalink of, or null where the release knows there is none: `/{lang}/{collection}/{id}`,
 * with an id not above the highest. Which collections have such pages the release says.
 */
export function itemAddress(release: LoadedRelease, path: string): ItemAddress | null {
  const [empty, language = '', collection = '', id = '', ...more] = path.split('/', 5);
  if (empty !== '' || more.length > 0 || !isCollection(collection) || !parseItemId(id)) return null;
  const { index } = release;
  const items = index.items[collection];
  if (!index.open || !items || !index.languages.includes(language) || Number(id) > items.highest) return null;
  const pack = items.packs.findLast(({ first }) => first <= Number(id));
  return pack ? { language, id, key: pack.key } : null;
}

/** The part of an item's page; `missing` if the pack has no such item, `unreadable` if KV does not give the pack. */
export async function itemPart(
  { language, id, key }: ItemAddress,
  env: Env,
  ctx: ExecutionContext,
  nowMs: number,
): Promise<PlacedPart | 'missing' | 'unreadable'> {
  const pack = await packs.read<ItemsIndex>(env, ctx, { key, kind: 'items' }, nowMs);
  if (!pack) return 'unreadable';
  const item = Object.hasOwn(pack.index.items, id) ? pack.index.items[id] : undefined;
  const part = item?.parts[language];
  if (!item || !part) return 'missing';
  const read = () => parsePart(pack.bytes.subarray(part.at, part.at + part.length));
  const { status, template } = item;
  return { language, etag: part.etag, status, template, read };
}
