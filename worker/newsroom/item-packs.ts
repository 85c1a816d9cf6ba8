import { createHash } from 'node:crypto';
import type { Bulletin } from '../model/bulletin.ts';
import { hasPermalinks } from '../model/collection.ts';
import type { Collection, Item } from '../model/content.ts';
import { encodePack, type ItemPacks, type ItemsIndex, type Part } from '../model/pack.ts';
import { etagOf } from './rendered.ts';

/** What the rendering room gives of items' pages. */
export type ItemRenderer = {
  readonly templateVersion: string;
  /** The parts of an item's pages, one a language. */
  itemParts(bulletin: Bulletin, item: Item): readonly { readonly language: string; render(): Part }[];
  /** What these show of other items: a text that changes with it. */
  itemRelations(bulletin: Bulletin, item: Item): string;
};

/** A pack to be written before the release that names it. */
export type PackToWrite = {
  readonly name: string;
  readonly stamp: string;
  readonly key: string;
  readonly bytes: Uint8Array;
};

type KnownPart = { readonly stamp: string; readonly sizeBytes: number };

const MAX_PACK_BYTES = 1_000_000;

/**
 * The parts of items' pages and the packs they lie in: consecutive ids share a pack, so that one item's change
 * rewrites one pack. Parts are kept in SQLite when rendered: they depend on the item, on what it shows of other items,
 * and on the site's settings alone.
 */
export class ItemPackStore {
  readonly #sql: SqlStorage;
  readonly #known = new Map<Collection, Map<number, KnownPart>>();

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /**
   * Renders up to `limit` items whose parts are out of date and keeps them; gives how many it rendered.
   * Done in steps, so that new templates on thousands of items never hold up a call for long.
   */
  renderSome(renderer: ItemRenderer, bulletin: Bulletin, limit: number): number {
    const made = `${renderer.templateVersion}/${bulletin.revisions.site}`;
    let rendered = 0;
    for (const item of pagedItems(bulletin)) {
      if (rendered >= limit) break;
      const stamp = `${made}/${item.version}/${renderer.itemRelations(bulletin, item)}`;
      const known = this.#parts(item.collection);
      if (known.get(Number(item.id))?.stamp === stamp) continue;
      const texts = JSON.stringify(
        Object.fromEntries(renderer.itemParts(bulletin, item).map((part) => [part.language, part.render()])),
      );
      this.#sql.exec(
        'INSERT OR REPLACE INTO part (collection, serial, stamp, status, texts) VALUES (?, ?, ?, ?, ?)',
        item.collection,
        Number(item.id),
        stamp,
        item.withdrawal || item.content === null ? 410 : 200,
        texts,
      );
      known.set(Number(item.id), { stamp, sizeBytes: texts.length });
      rendered += 1;
    }
    return rendered;
  }

  /** Where the items of a bulletin are, and the packs that differ from those written before (`keyOf` knows them). */
  plan(
    bulletin: Bulletin,
    keyOf: (name: string) => { readonly stamp: string; readonly key: string } | undefined,
  ): { readonly items: { readonly [C in Collection]?: ItemPacks }; readonly packs: readonly PackToWrite[] } {
    const items: { [C in Collection]?: ItemPacks } = {};
    const packs: PackToWrite[] = [];
    const collections = new Set(pagedItems(bulletin).map((item) => item.collection));
    for (const collection of collections) {
      const parts = [...this.#parts(collection)].sort(([a], [b]) => a - b);
      const places = groups(parts).map((group) => {
        const first = group[0]?.[0] ?? 0;
        const name = `items/${collection}/${first}`;
        const stamp = createHash('sha256').update(JSON.stringify(group)).digest('base64url');
        const known = keyOf(name);
        if (known?.stamp === stamp) return { first, key: known.key };
        const pack = this.#encode(collection, first, group.at(-1)?.[0] ?? 0);
        packs.push({ name, stamp, ...pack });
        return { first, key: pack.key };
      });
      items[collection] = { highest: parts.at(-1)?.[0] ?? 0, packs: places };
    }
    return { items, packs };
  }

  #encode(
    collection: Collection,
    first: number,
    last: number,
  ): { readonly key: string; readonly bytes: Uint8Array } {
    const encoder = new TextEncoder();
    const index: Record<string, ItemsIndex['items'][string]> = {};
    const chunks: Uint8Array[] = [];
    let at = 0;
    for (const row of this.#sql.exec<{ serial: number; status: 200 | 410; texts: string }>(
      'SELECT serial, status, texts FROM part WHERE collection = ? AND serial BETWEEN ? AND ? ORDER BY serial',
      collection,
      first,
      last,
    )) {
      const parts: Record<string, { etag: string; at: number; length: number }> = {};
      for (const [language, part] of Object.entries(JSON.parse(row.texts) as Record<string, Part>)) {
        const bytes = encoder.encode(JSON.stringify(part));
        parts[language] = { etag: etagOf(bytes), at, length: bytes.length };
        chunks.push(bytes);
        at += bytes.length;
      }
      index[row.serial] = { status: row.status, parts };
    }
    const bytes = encodePack({ kind: 'items', items: index }, chunks);
    return { key: packKey(bytes), bytes };
  }

  #parts(collection: Collection): Map<number, KnownPart> {
    const known = this.#known.get(collection);
    if (known) return known;
    const rows = this.#sql.exec<{ serial: number; stamp: string; size: number }>(
      'SELECT serial, stamp, length(texts) AS size FROM part WHERE collection = ?',
      collection,
    );
    const loaded = new Map<number, KnownPart>();
    for (const row of rows) loaded.set(row.serial, { stamp: row.stamp, sizeBytes: row.size });
    this.#known.set(collection, loaded);
    return loaded;
  }
}

/** The KV key of a pack that is known by its content. */
export const packKey = (bytes: Uint8Array): string =>
  `pack/${createHash('sha256').update(bytes).digest('hex').slice(0, 40)}`;

const pagedItems = (bulletin: Bulletin): readonly Item[] =>
  (Object.keys(bulletin.items) as Collection[])
    .filter(hasPermalinks)
    .flatMap((collection) => [...bulletin.items[collection].values()] as Item[]);

function groups(parts: readonly (readonly [number, KnownPart])[]): (readonly [number, KnownPart])[][] {
  const all: (readonly [number, KnownPart])[][] = [];
  let group: (readonly [number, KnownPart])[] = [];
  let size = 0;
  for (const part of parts) {
    if (group.length > 0 && size + part[1].sizeBytes > MAX_PACK_BYTES) {
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
