import type { Bulletin } from '../../model/bulletin.ts';
import { type Collection, hasPermalinks } from '../../model/collections/registry.ts';
import type { Instant } from '../../model/instant.ts';
import type { Item, ItemId } from '../../model/item.ts';
import type { Part } from '../../pack/format.ts';
import type { RenderedRepresentation } from '../../render/document.ts';
import { LongTexts } from '../ledger/long-texts.ts';
import type { RenderFaults } from './render-faults.ts';
import { etagOf } from './rendered.ts';
import type { Templates } from './templates.ts';

/** How much to render at once. `mayWait` says of which other templates parts may stay as they are for now. */
export type Step = {
  readonly items: number;
  /** Of the parts as JSON: a step ends once there are more. */
  readonly bytes: number;
  readonly mayWait: (template: string) => boolean;
};

/** What is known of an item's parts without reading them. */
export type PartHead = { readonly stamp: string; readonly sizeBytes: number };

/** The rendered form of an item as it is stored. */
export type StoredPart = {
  readonly serial: number;
  /** The version of the templates that made it. */
  readonly template: string;
  readonly status: 200 | 410;
  /** `publishedAt` of the release in which it last changed; null until that release is public. */
  readonly modified: Instant | null;
  /** By language. */
  readonly parts: { readonly [language: string]: Part };
  readonly representations: readonly RenderedRepresentation[];
};

type Row = {
  serial: number;
  stamp: string;
  status: 200 | 410;
  texts: string;
  others: string | null;
  modified: Instant | null;
};

/**
 * The parts of items' pages, kept in SQLite once rendered: they depend on the item, on what it shows of other items, and
 * on the site's settings alone.
 */
export class ItemParts {
  readonly #sql: SqlStorage;
  readonly #long: LongTexts;
  readonly #faults: RenderFaults;
  readonly #heads = new Map<Collection, Map<number, PartHead>>();
  #templates: readonly string[] | null = null;

  constructor(sql: SqlStorage, faults: RenderFaults) {
    this.#sql = sql;
    this.#long = new LongTexts(sql);
    this.#faults = faults;
  }

  /**
   * Renders items whose parts are out of date and keeps them, in the order in which they share packs; says whether some
   * are left. Done in steps, so that new templates on thousands of items never hold up a call for long. An item that
   * can't be rendered has a plain page, until something of it or the templates change.
   */
  renderSome(templates: Templates, bulletin: Bulletin, asOf: Instant, step: Step): boolean {
    let [items, bytes, waiting] = [0, 0, 0];
    for (const item of pagedItems(bulletin)) {
      const shows = `${bulletin.revisions.site}/${item.version}/${templates.itemRelations(bulletin, item)}`;
      const stamp = `${templates.templateVersion}/${shows}`;
      const current = this.heads(item.collection).get(Number(item.id))?.stamp;
      if (current === stamp) continue;
      if (current !== undefined && shownBy(current) === shows && step.mayWait(templateOf(current))) {
        waiting += 1;
        continue;
      }
      if (items >= step.items || bytes > step.bytes) return true;
      items += 1;
      bytes += this.#render(templates, bulletin, asOf, item, stamp);
    }
    if (waiting === 0) this.#dropOthers(templates.templateVersion);
    return false;
  }

  /** Renders an item and keeps what came of it; gives its bytes, 0 where nothing could be rendered. */
  #render(templates: Templates, bulletin: Bulletin, asOf: Instant, item: Item, stamp: string): number {
    const { collection, id } = item;
    const name = `${collection}/${id}`;
    this.#templates = null;
    try {
      const texts = partsText(templates.itemParts(bulletin, item));
      const others = templates.itemRepresentations(bulletin, item);
      this.#faults.clear(name);
      return this.#keep(item, stamp, texts, others.length > 0 ? othersText(others) : null);
    } catch (error) {
      this.#faults.note(name, error, asOf);
    }
    try {
      return this.#keep(item, stamp, partsText(templates.plainParts(bulletin, item)), null);
    } catch (error) {
      console.error('not even plainly rendered', name, error);
      this.#drop(collection, Number(id));
      this.heads(collection).set(Number(id), { stamp, sizeBytes: 0 });
      return 0;
    }
  }

  #keep(item: Item, stamp: string, texts: string, others: string | null): number {
    const { collection } = item;
    const serial = Number(item.id);
    this.#sql.exec(
      'INSERT OR REPLACE INTO part (collection, serial, stamp, status, texts, others) VALUES (?, ?, ?, ?, ?, ?)',
      collection,
      serial,
      stamp,
      item.withdrawal || item.content === null ? 410 : 200,
      this.#long.keep(owner(collection, serial), texts),
      others === null ? null : this.#long.keep(othersOwner(collection, serial), others),
    );
    if (others === null) this.#long.drop(othersOwner(collection, serial));
    // What is rendered again and comes to the same has not changed.
    this.#sql.exec(
      `INSERT INTO part_time (collection, serial, digest, modified) VALUES (?, ?, ?, NULL)
        ON CONFLICT (collection, serial) DO UPDATE SET digest = excluded.digest, modified = NULL
        WHERE digest <> excluded.digest`,
      collection,
      serial,
      etagOf(texts + (others ?? '')),
    );
    const sizeBytes = new TextEncoder().encode(texts + (others ?? '')).length;
    this.heads(collection).set(serial, { stamp, sizeBytes });
    return sizeBytes;
  }

  #drop(collection: Collection, serial: number): void {
    for (const table of ['part', 'part_time'])
      this.#sql.exec(`DELETE FROM ${table} WHERE collection = ? AND serial = ?`, collection, serial);
    this.#long.drop(owner(collection, serial));
    this.#long.drop(othersOwner(collection, serial));
  }

  // Where all items with pages have new parts, an older one belongs to nothing any more.
  #dropOthers(template: string): void {
    if (this.templates().every((other) => other === template)) return;
    for (const { collection, serial } of this.#sql
      .exec<{ collection: string; serial: number }>(
        "SELECT collection, serial FROM part WHERE substr(stamp, 1, instr(stamp, '/') - 1) <> ?",
        template,
      )
      .toArray())
      this.#drop(collection as Collection, serial);
    this.#heads.clear();
    this.#templates = null;
  }

  /** Notes when the parts changed that the release which is public now shows first. Within the caller's transaction. */
  notePublished(asOf: Instant): void {
    this.#sql.exec('UPDATE part_time SET modified = ? WHERE modified IS NULL', asOf);
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

  /** The parts of a collection's items between two serials, both included, in their order, each read when asked for. */
  *between(collection: Collection, first: number, last: number): Iterable<StoredPart> {
    for (const row of this.#sql.exec<Row>(
      `SELECT serial, stamp, status, texts, others, modified FROM part LEFT JOIN part_time USING (collection, serial)
        WHERE collection = ? AND serial BETWEEN ? AND ? ORDER BY serial`,
      collection,
      first,
      last,
    )) {
      const texts = this.#long.whole(owner(collection, row.serial), row.texts);
      const others = row.others && this.#long.whole(othersOwner(collection, row.serial), row.others);
      yield {
        serial: row.serial,
        template: templateOf(row.stamp),
        status: row.status,
        modified: row.modified,
        parts: JSON.parse(texts),
        representations: others ? parseOthers(others) : [],
      };
    }
  }

  /** What is known of a collection's parts, by serial. */
  heads(collection: Collection): Map<number, PartHead> {
    const cached = this.#heads.get(collection);
    if (cached) return cached;
    const rows = this.#sql.exec<{ serial: number; stamp: string; size: number }>(
      `SELECT serial, stamp, octet_length(texts) + ifnull(octet_length(others), 0) + ifnull((SELECT sum(octet_length(piece))
        FROM long_text WHERE owner = 'part/' || collection || '/' || serial
          OR owner = 'others/' || collection || '/' || serial), 0) AS size FROM part WHERE collection = ?`,
      collection,
    );
    const heads = new Map<number, PartHead>();
    for (const row of rows) heads.set(row.serial, { stamp: row.stamp, sizeBytes: row.size });
    this.#heads.set(collection, heads);
    return heads;
  }
}

const partsText = (parts: ReturnType<Templates['itemParts']>): string =>
  JSON.stringify(Object.fromEntries(parts.map((part) => [part.language, part.render()])));

/** Representations as JSON, their bytes in Base64. */
const othersText = (others: readonly RenderedRepresentation[]): string =>
  JSON.stringify(
    others.map(({ content, ...of }) =>
      typeof content === 'string' ? { ...of, content } : { ...of, base64: content.toBase64() },
    ),
  );

type StoredRepresentation = Omit<RenderedRepresentation, 'content'> &
  ({ readonly content: string } | { readonly base64: string });

const parseOthers = (json: string): readonly RenderedRepresentation[] =>
  (JSON.parse(json) as readonly StoredRepresentation[]).map((stored) =>
    'base64' in stored ? { ...stored, content: Uint8Array.fromBase64(stored.base64) } : stored,
  );

const owner = (collection: Collection, serial: ItemId | number): string => `part/${collection}/${serial}`;
const othersOwner = (collection: Collection, serial: number): string => `others/${collection}/${serial}`;

/** A part's stamp: the version of the templates that made it, a slash, and what of the bulletin it shows. */
const templateOf = (stamp: string): string => stamp.slice(0, stamp.indexOf('/'));
const shownBy = (stamp: string): string => stamp.slice(stamp.indexOf('/') + 1);

/** The items that have pages of their own, collection by collection. */
export const pagedItems = (bulletin: Bulletin): readonly Item[] =>
  (Object.keys(bulletin.items) as Collection[])
    .filter(hasPermalinks)
    .flatMap((collection): Item[] => [...bulletin.items[collection].values()]);
