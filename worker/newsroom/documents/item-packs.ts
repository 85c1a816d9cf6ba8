import { createHash } from 'node:crypto';
import type { Bulletin } from '../../model/bulletin.ts';
import type { Collection } from '../../model/collections/registry.ts';
import type { Instant } from '../../model/instant.ts';
import { type ItemId, toItemId } from '../../model/item.ts';
import { digestListPath, itemPath, publicShellName } from '../../model/path.ts';
import {
  encodePack,
  type ItemPacks,
  type PackedItem,
  type PackedRepresentation,
  type Part,
} from '../../pack/format.ts';
import { memoizedList } from '../../platform/memoize.ts';
import { JSON_TYPE, type RenderedRepresentation, stampOf } from '../../render/document.ts';
import { itemList, type PackedList, type PathDigest } from './digest-list.ts';
import { type ItemParts, itemsWithPages, type PartHead, type StoredPart } from './item-parts.ts';
import { digestOf, etagOfDigest } from './rendered.ts';
import type { Templates } from './templates.ts';

/** A pack that must be written before the release that names it. */
export type PackToWrite = {
  readonly name: string;
  readonly stamp: string;
  /** `publishedAt` of the release that first shows the content of the pack; null if that is not known. */
  readonly since: Instant | null;
  readonly key: string;
  readonly bytes: Uint8Array;
  /** The list of the digests of what the pack holds. */
  readonly list: PackedList;
};

/**
 * A pack of the current release. `since`: as in `PackToWrite`. `list`: null if older code wrote the pack, without a
 * list.
 */
export type CurrentPack = {
  readonly stamp: string;
  readonly key: string;
  readonly since: Instant | null;
  readonly list: PackedList | null;
};

/** Finds the pack that the current release has under a name; undefined if it has none. */
export type FindCurrentPack = (name: string) => CurrentPack | undefined;

/**
 * An edit writes a pack, and the first read of any item in it reads the pack: small packs keep both small. Each pack
 * takes 100 bytes of every release, which names it.
 */
const MAX_PACK_BYTES = 128_000;
/** A new pack begins after this many ids whatever the sizes, so that an item that grows moves only its neighbours. */
const IDS_A_PACK = 16;

/** The item packs of a release. */
export type ItemPlan = {
  readonly items: { readonly [C in Collection]?: ItemPacks };
  /** The lists of digests of all item packs. */
  readonly lists: readonly PackedList[];
};

/**
 * Gives the item packs of a bulletin that the current release does not have in this form, one after another, and then
 * all that a release says of its item packs. Consecutive ids share a pack, so that a change of one item rewrites one
 * pack. A pack is encoded when it is asked for: all packs together may be larger than the memory.
 * @param asOf `publishedAt` of the release that is being made
 */
export function* itemPacks(
  parts: ItemParts,
  bulletin: Bulletin,
  paths: Templates['representationPaths'],
  currentPack: FindCurrentPack,
  asOf: Instant,
): Generator<PackToWrite, ItemPlan, void> {
  const items: { [C in Collection]?: ItemPacks } = {};
  const lists: PackedList[] = [];
  for (const collection of new Set(itemsWithPages(bulletin).map((item) => item.collection))) {
    const representations = {
      ...paths[collection],
      [DIGESTS]: digestListPath(`${collection}/{id}`),
    };
    const heads = [...parts.heads(collection)].sort(([a], [b]) => a - b);
    const packs: ItemPacks['packs'][number][] = [];
    for (const group of groupByPack(heads)) {
      const first = group[0]?.[0] ?? 0;
      const pack = packOf(parts, collection, representations, group, currentPack, asOf);
      if ('bytes' in pack) yield pack;
      const { key, since, list } = pack;
      lists.push(list);
      packs.push({ first, key, ...(since === null ? {} : { since }) });
    }
    items[collection] = { highest: heads.at(-1)?.[0] ?? 0, packs, representations };
  }
  return { items, lists };
}

/** The pack of consecutive items: that of the current release if nothing in it has changed. */
function packOf(
  parts: ItemParts,
  collection: Collection,
  paths: Readonly<Record<string, string>>,
  group: Group,
  currentPack: FindCurrentPack,
  asOf: Instant,
): Omit<PackToWrite, 'bytes'> | PackToWrite {
  const first = group[0]?.[0] ?? 0;
  const name = `items/${collection}/${first}`;
  const stamp = stampOf([group[0]?.[0], stampOfHeads(group.map(([, head]) => head))]);
  const current = currentPack(name);
  if (current?.stamp === stamp && current.list) return { ...current, name, list: current.list };
  const stored = [...parts.between(collection, first, group.at(-1)?.[0] ?? 0)];
  const isChanged = stored.some(({ modified }) => modified === null);
  const since = isChanged || !current ? asOf : current.since;
  const addresses: ItemAddresses = {
    name: collection,
    pagePath: (language, id) => itemPath(language, collection, id),
    paths,
  };
  return { name, stamp, since, ...encodeItems(stored, isChanged ? null : since, addresses) };
}

// A head never changes, and belongs to one item. A site may have hundreds of packs, of which a publish changes one.
const stampOfHeads: (heads: readonly PartHead[]) => string = memoizedList(stampOf);

/** The KV key of a pack: a hash of its content. */
export const packKey = (bytes: Uint8Array): string =>
  `pack/${createHash('sha256').update(bytes).digest('hex').slice(0, 40)}`;

/** The name of the representation that is a pack's list of digests. The first item of the pack has it. */
export const DIGESTS = 'digests';

/** The addresses of the items in a pack. */
type ItemAddresses = {
  /** The collection's name. */
  readonly name: string;
  readonly pagePath: (language: string, id: ItemId) => string;
  /** Of the representations, by name, with `{id}` and, if they differ by language, `{language}`. */
  readonly paths: Readonly<Record<string, string>>;
};

/**
 * Encodes a pack of items, with the list of the digests of what is in it. An item that changed together with the pack
 * has no time of its own, so that the same items give the same bytes when they are encoded again.
 * @param since the time that items leave out, because the release's index has it for the whole pack
 */
export function encodeItems(
  parts: readonly StoredPart[],
  since: Instant | null,
  { name: listName, pagePath, paths }: ItemAddresses,
): Pick<PackToWrite, 'key' | 'bytes' | 'list'> {
  const encoder = new TextEncoder();
  const index: Record<string, PackedItem> = {};
  const chunks: Uint8Array[] = [];
  const digests: PathDigest[] = [];
  let end = 0;
  const place = (bytes: Uint8Array, named: Omit<PathDigest, 'digest'>) => {
    const digest = digestOf(bytes);
    digests.push({ ...named, digest });
    chunks.push(bytes);
    end += bytes.length;
    return { etag: etagOfDigest(digest), at: end - bytes.length, length: bytes.length };
  };
  for (const { serial, status, template, modified, parts: byLanguage, representations } of parts) {
    const id = toItemId(serial);
    const placePart = ([language, part]: [string, Part]) => {
      const named = { path: pagePath(language, id), shell: publicShellName(language, template) };
      return [language, place(encoder.encode(JSON.stringify(part)), named)] as const;
    };
    const placeRepresentation = ({ name, language, type, audience, content }: RenderedRepresentation) => {
      const path = (paths[name] ?? '').replace('{language}', language).replace('{id}', id);
      const bytes = typeof content === 'string' ? encoder.encode(content) : content;
      return { ...place(bytes, { path }), type, audience };
    };
    index[serial] = {
      status,
      template,
      ...(modified === null || modified === since ? {} : { modified }),
      parts: Object.fromEntries(Object.entries(byLanguage).map(placePart)),
      ...(representations.length > 0
        ? { representations: byName(representations, placeRepresentation) }
        : {}),
    };
  }
  const first = parts[0]?.serial ?? 0;
  const { content, ...list } = itemList(listName, first, digests);
  const listBytes = encoder.encode(content);
  const item = index[first];
  if (item)
    index[first] = {
      ...item,
      representations: {
        ...item.representations,
        [DIGESTS]: {
          '': {
            type: JSON_TYPE,
            audience: 'data',
            etag: etagOfDigest(list.digest),
            at: end,
            length: listBytes.length,
          },
        },
      },
    };
  const bytes = encodePack({ kind: 'items', items: index }, [...chunks, listBytes]);
  return { key: packKey(bytes), bytes, list };
}

function byName(
  representations: readonly RenderedRepresentation[],
  place: (representation: RenderedRepresentation) => PackedRepresentation,
): NonNullable<PackedItem['representations']> {
  const packed: Record<string, Record<string, PackedRepresentation>> = {};
  for (const representation of representations) {
    const { name, language } = representation;
    packed[name] = { ...packed[name], [language]: place(representation) };
  }
  return packed;
}

/** Parts of consecutive items, by serial. */
type Group = readonly (readonly [number, PartHead])[];

/** Groups parts, which are in the order of their serials, into packs. */
function groupByPack(parts: Group): readonly Group[] {
  const all: Group[] = [];
  let group: (readonly [number, PartHead])[] = [];
  let size = 0;
  for (const part of parts) {
    const begins = (part[0] - 1) % IDS_A_PACK === 0 || size + part[1].sizeBytes > MAX_PACK_BYTES;
    if (group.length > 0 && begins) {
      all.push(group);
      group = [];
      size = 0;
    }
    group.push(part);
    size += part[1].sizeBytes;
  }
  if (group.length > 0) all.push(group);
  return all;
}
