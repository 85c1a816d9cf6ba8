import { createHash } from 'node:crypto';
import type { Bulletin } from '../../model/bulletin.ts';
import { type Collection, hasPermalinks } from '../../model/collections/registry.ts';
import type { Item, ItemId } from '../../model/item.ts';
import { encodePack, type ItemPacks, type ItemsIndex, type Part } from '../../pack/format.ts';
import { LongTexts } from '../ledger/long-texts.ts';
import type { OnFault } from './document-store.ts';
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

/** How much to render at once. `mayWait` says of which other templates parts may stay as they are for now. */
export type Step = {
  readonly items: number;
  /** Of the parts as JSON: a step ends once there are more. */
  readonly bytes: number;
  readonly mayWait: (template: string) => boolean;
};

const MAX_PACK_BYTES = 1_000_000;
/** A pack begins at every so many ids whatever the sizes, so that an item that grows moves none beyond the next. */
const IDS_A_PACK = 128;

/**
 * The parts of items' pages and the packs they lie in: consecutive ids share a pack, so that one item's change
 * rewrites one pack. Parts are kept in SQLite when rendered: they depend on the item, on what it shows of other items,
 * and on the site's settings alone.
 */
export class ItemPackStore {
  readonly #sql: SqlStorage;
  readonly #long: LongTexts;
  readonly #known = new Map<Collection, Map<number, KnownPart>>();
  #templates: readonly string[] | null = null;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.#long = new LongTexts(sql);
  }

  /**
   * Renders items whose parts are out of date and keeps them, in the order in which they share packs; says whether some
   * are left. Done in steps, so that new templates on thousands of items never hold up a call for long. An item that
   * can't be rendered has no page until something of it changes or the object wakes.
   */
  renderSome(renderer: ItemRenderer, bulletin: Bulletin, step: Step, onFault: OnFault): boolean {
    let [items, bytes, waiting] = [0, 0, 0];
    for (const item of pagedItems(bulletin)) {
      const shown = `${bulletin.revisions.site}/${item.version}/${renderer.itemRelations(bulletin, item)}`;
      const stamp = `${renderer.templateVersion}/${shown}`;
      const known = this.#parts(item.collection);
      const before = known.get(Number(item.id))?.stamp;
      if (before === stamp) continue;
      if (before !== undefined && shownBy(before) === shown && step.mayWait(templateOf(before))) {
        waiting += 1;
        continue;
      }
      if (items >= step.items || bytes > step.bytes) return true;
      const texts = textsOf(renderer, bulletin, item, onFault);
      if (texts === null) {
        this.#sql.exec(
          'DELETE FROM part WHERE collection = ? AND serial = ?',
          item.collection,
          Number(item.id),
        );
        this.#long.drop(owner(item.collection, item.id));
        known.set(Number(item.id), { stamp, sizeBytes: 0 });
        this.#templates = null;
        continue;
      }
      this.#sql.exec(
        'INSERT OR REPLACE INTO part (collection, serial, stamp, status, texts) VALUES (?, ?, ?, ?, ?)',
        item.collection,
        Number(item.id),
        stamp,
        item.withdrawal || item.content === null ? 410 : 200,
        this.#long.keep(owner(item.collection, item.id), texts),
      );
      const sizeBytes = new TextEncoder().encode(texts).length;
      known.set(Number(item.id), { stamp, sizeBytes });
      this.#templates = null;
      items += 1;
      bytes += sizeBytes;
    }
    if (waiting === 0) this.#dropOthers(renderer.templateVersion);
    return false;
  }

  // Where all items with pages have new parts, an older one belongs to nothing any more.
  #dropOthers(template: string): void {
    if (this.templates().every((other) => other === template)) return;
    for (const { collection, serial } of this.#sql
      .exec<{ collection: string; serial: number }>(
        "DELETE FROM part WHERE substr(stamp, 1, instr(stamp, '/') - 1) <> ? RETURNING collection, serial",
        template,
      )
      .toArray())
      this.#long.drop(owner(collection, serial));
    this.#known.clear();
    this.#templates = null;
  }

  /** The versions of the templates that made the parts there are, in no order. */
  templates(): readonly string[] {
    this.#templates ??= this.#sql
      .exec<{ template: string }>(
        "SELECT DISTINCT substr(stamp, 1, instr(stamp, '/') - 1) AS template FROM part",
      )
      .toArray()
      .map(({ template }) => template);
    return this.#templates;
  }

  /**
   * Where the items of a bulletin are, the keys of all their packs, and the packs that differ from those written before
   * (`keyOf` knows them).
   */
  plan(
    bulletin: Bulletin,
    keyOf: (name: string) => { readonly stamp: string; readonly key: string } | undefined,
  ): {
    readonly items: { readonly [C in Collection]?: ItemPacks };
    readonly keys: readonly string[];
    readonly packs: readonly PackToWrite[];
  } {
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
    const keys = Object.values(items).flatMap((of) => of.packs.map((pack) => pack.key));
    return { items, keys, packs };
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
    for (const row of this.#sql.exec<{ serial: number; stamp: string; status: 200 | 410; texts: string }>(
      'SELECT serial, stamp, status, texts FROM part WHERE collection = ? AND serial BETWEEN ? AND ? ORDER BY serial',
      collection,
      first,
      last,
    )) {
      const parts: Record<string, { etag: string; at: number; length: number }> = {};
      const texts = this.#long.whole(owner(collection, row.serial), row.texts);
      for (const [language, part] of Object.entries(JSON.parse(texts) as Record<string, Part>)) {
        const bytes = encoder.encode(JSON.stringify(part));
        parts[language] = { etag: etagOf(bytes), at, length: bytes.length };
        chunks.push(bytes);
        at += bytes.length;
      }
      index[row.serial] = { status: row.status, template: templateOf(row.stamp), parts };
    }
    const bytes = encodePack({ kind: 'items', items: index }, chunks);
    return { key: packKey(bytes), bytes };
  }

  #parts(collection: Collection): Map<number, KnownPart> {
    const known = this.#known.get(collection);
    if (known) return known;
    const rows = this.#sql.exec<{ serial: number; stamp: string; size: number }>(
      `SELECT serial, stamp, octet_length(texts) + ifnull((SELECT sum(octet_length(piece)) FROM long_text
        WHERE owner = 'part/' || collection || '/' || serial), 0) AS size FROM part WHERE collection = ?`,
      collection,
    );
    const loaded = new Map<number, KnownPart>();
    for (const row of rows) loaded.set(row.serial, { stamp: row.stamp, sizeBytes: row.size });
    this.#known.set(collection, loaded);
    return loaded;
  }
}

/** The parts of an item as JSON, by language; null where they can't be rendered. */
function textsOf(renderer: ItemRenderer, bulletin: Bulletin, item: Item, onFault: OnFault): string | null {
  try {
    const parts = renderer.itemParts(bulletin, item);
    return JSON.stringify(Object.fromEntries(parts.map((part) => [part.language, part.render()])));
  } catch (error) {
    onFault(`${item.collection}/${item.id}`, error);
    return null;
  }
}

const owner = (collection: string, id: ItemId | number): string => `part/${collection}/${id}`;

/** A part's stamp: the version of the templates that made it, a slash, and what of the bulletin it shows. */
const templateOf = (stamp: string): string => stamp.slice(0, stamp.indexOf('/'));
const shownBy = (stamp: string): string => stamp.slice(stamp.indexOf('/') + 1);

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
