import { createHash } from 'node:crypto';
import type { Bulletin } from '../../model/bulletin.ts';
import type { Collection, Paged } from '../../model/collections/registry.ts';
import type { Instant } from '../../model/instant.ts';
import { encodePack, type ItemPacks, type PackedItem, type PackedRepresentation } from '../../pack/format.ts';
import type { RenderedRepresentation } from '../../render/document.ts';
import { type ItemParts, type PartHead, pagedItems, type StoredPart } from './item-parts.ts';
import { etagOf } from './rendered.ts';
import type { Templates } from './templates.ts';

/** A pack to be written before the release that names it. */
export type PackToWrite = {
  readonly name: string;
  readonly stamp: string;
  /** `publishedAt` of the release that first shows what is in it; null where that is not known. */
  readonly since: Instant | null;
  readonly key: string;
  readonly bytes: Uint8Array;
};

/** A pack that a release names: `since` when, null where that is not known. */
export type NamedPack = { readonly stamp: string; readonly key: string; readonly since: Instant | null };

/** The packs that the current release names, by name. */
export type NamedPacks = (name: string) => NamedPack | undefined;

const MAX_PACK_BYTES = 1_000_000;
/** A pack begins at every so many ids whatever the sizes, so that an item that grows moves none beyond the next. */
const IDS_A_PACK = 128;

type Plan = {
  readonly items: { readonly [C in Collection]?: ItemPacks };
  /** The keys of all packs of items. */
  readonly keys: readonly string[];
  /** The packs that differ from those the current release names. */
  readonly packs: readonly PackToWrite[];
};

/**
 * Where the items of a bulletin are. Consecutive ids share a pack, so that one item's change rewrites one pack.
 * @param asOf `publishedAt` of the release that is being made
 */
export function planItemPacks(
  parts: ItemParts,
  bulletin: Bulletin,
  paths: Templates['representationPaths'],
  named: NamedPacks,
  asOf: Instant,
): Plan {
  const items: { [C in Collection]?: ItemPacks } = {};
  const packs: PackToWrite[] = [];
  for (const collection of new Set(pagedItems(bulletin).map((item) => item.collection))) {
    const heads = [...parts.heads(collection)].sort(([a], [b]) => a - b);
    const places = groups(heads).map((group) => {
      const first = group[0]?.[0] ?? 0;
      const name = `items/${collection}/${first}`;
      const stamp = createHash('sha256').update(JSON.stringify(group)).digest('base64url');
      const current = named(name);
      if (current?.stamp === stamp)
        return { first, key: current.key, ...(current.since === null ? {} : { since: current.since }) };
      const stored = [...parts.between(collection, first, group.at(-1)?.[0] ?? 0)];
      const isChanged = stored.some(({ modified }) => modified === null);
      const since = isChanged || !current ? asOf : current.since;
      const pack = encodeItems(stored, isChanged ? null : since);
      packs.push({ name, stamp, since, ...pack });
      return { first, key: pack.key, ...(since === null ? {} : { since }) };
    });
    const representations = paths[collection as Paged] ?? {};
    items[collection] = {
      highest: heads.at(-1)?.[0] ?? 0,
      packs: places,
      ...(Object.keys(representations).length > 0 ? { representations } : {}),
    };
  }
  const keys = Object.values(items).flatMap((of) => of.packs.map((pack) => pack.key));
  return { items, keys, packs };
}

/** The KV key of a pack that is known by its content. */
export const packKey = (bytes: Uint8Array): string =>
  `pack/${createHash('sha256').update(bytes).digest('hex').slice(0, 40)}`;

/**
 * A pack of items. What has changed with the pack bears no time of its own: so a pack that is encoded again and holds the
 * same is the same bytes.
 * @param since the time that items need not bear, because the release's index has it for the whole pack
 */
function encodeItems(
  parts: readonly StoredPart[],
  since: Instant | null,
): { readonly key: string; readonly bytes: Uint8Array } {
  const encoder = new TextEncoder();
  const index: Record<string, PackedItem> = {};
  const chunks: Uint8Array[] = [];
  let end = 0;
  const place = (bytes: Uint8Array) => {
    chunks.push(bytes);
    end += bytes.length;
    return { etag: etagOf(bytes), at: end - bytes.length, length: bytes.length };
  };
  const placeRepresentation = ({
    type,
    audience,
    content,
  }: RenderedRepresentation): PackedRepresentation => ({
    ...place(typeof content === 'string' ? encoder.encode(content) : content),
    type,
    audience,
  });
  for (const { serial, status, template, modified, parts: byLanguage, representations } of parts)
    index[serial] = {
      status,
      template,
      ...(modified === null || modified === since ? {} : { modified }),
      parts: Object.fromEntries(
        Object.entries(byLanguage).map(([language, part]) => [
          language,
          place(encoder.encode(JSON.stringify(part))),
        ]),
      ),
      ...(representations.length > 0
        ? { representations: byName(representations, placeRepresentation) }
        : {}),
    };
  const bytes = encodePack({ kind: 'items', items: index }, chunks);
  return { key: packKey(bytes), bytes };
}

function byName(
  representations: readonly RenderedRepresentation[],
  place: (of: RenderedRepresentation) => PackedRepresentation,
): NonNullable<PackedItem['representations']> {
  const named: Record<string, Record<string, PackedRepresentation>> = {};
  for (const of of representations) named[of.name] = { ...named[of.name], [of.language]: place(of) };
  return named;
}

/** Parts in the order of their serials, cut into packs. */
function groups(parts: readonly (readonly [number, PartHead])[]): (readonly [number, PartHead])[][] {
  const all: (readonly [number, PartHead])[][] = [];
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
