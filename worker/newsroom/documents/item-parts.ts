import type { Bulletin } from '../../model/bulletin.ts';
import { COLLECTIONS, type Collection, hasPermalinks, type Paged } from '../../model/collections/registry.ts';
import type { Instant } from '../../model/instant.ts';
import type { Item, ItemId } from '../../model/item.ts';
import type { Part } from '../../pack/format.ts';
import type { RenderedRepresentation } from '../../render/document.ts';
import { LongTexts } from '../ledger/long-texts.ts';
import type { RenderFaults } from './render-faults.ts';
import { etagOf } from './rendered.ts';
import { checkSize } from './size-bounds.ts';
import type { Templates } from './templates.ts';
import type { Work } from './turns.ts';

/** Whether parts that a template version rendered may stay for now, if they differ only by templates or settings. */
export type MayWait = (template: string) => boolean;

/** The stamp and the size of an item's parts, known without reading the parts. */
export type PartHead = { readonly stamp: string; readonly sizeBytes: number };

/** An item in its rendered and stored form. */
export type StoredPart = {
  readonly serial: number;
  /** The version of the templates that rendered it. */
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

/** A UTF-16 unit of a text takes at most so many bytes of UTF-8. */
const MAX_UNIT_BYTES = 3;

/**
 * The rendered parts of items' pages, in SQLite. They depend only on the item, on what its page shows of other items,
 * and on the site's settings.
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
   * Renders and stores items whose parts are outdated, in the order in which they share packs; gives how many outdated
   * ones may wait. An item that can't be rendered, or is larger than its bound, gets a plain page, until its stamp
   * changes.
   */
  *render(templates: Templates, bulletin: Bulletin, asOf: Instant, mayWait: MayWait): Work<number> {
    const settings = templates.itemSettings(bulletin);
    let [waiting, waitingOlder] = [0, 0];
    for (const item of itemsWithPages(bulletin)) {
      const shown = `${item.version}/${templates.itemRelations(bulletin, item)}`;
      const stamp = `${templates.templateVersion}/${settings}/${shown}`;
      const current = this.heads(item.collection).get(Number(item.id))?.stamp;
      if (current === stamp) continue;
      if (current !== undefined && shownBy(current) === shown && mayWait(templateOf(current))) {
        waiting += 1;
        if (templateOf(current) !== templates.templateVersion) waitingOlder += 1;
        continue;
      }
      yield* this.#render(templates, bulletin, asOf, item, stamp);
    }
    if (waitingOlder === 0) this.#dropOlder(templates.templateVersion);
    return waiting;
  }

  /** Renders and stores an item: its page, else its plain page, else its bare page. */
  *#render(templates: Templates, bulletin: Bulletin, asOf: Instant, item: Item, stamp: string): Work<void> {
    const { collection, id } = item;
    const name = `${collection}/${id}`;
    try {
      const texts = yield* partsText(templates.itemParts(bulletin, item));
      const all = templates.itemRepresentations(bulletin, item);
      const representations = all.length > 0 ? representationsText(all) : null;
      checkItemSize(templates, item, texts + (representations ?? ''));
      this.#keep(item, stamp, texts, representations);
      this.#faults.clear(name);
      return;
    } catch (error) {
      this.#faults.note(name, error, asOf);
    }
    try {
      const texts = yield* partsText(templates.plainParts(bulletin, item));
      checkItemSize(templates, item, texts);
      this.#keep(item, stamp, texts, null);
      return;
    } catch (error) {
      console.error('not even the plain page could be rendered', name, error);
    }
    this.#keep(item, stamp, yield* partsText(templates.bareParts(bulletin, item)), null);
  }

  // The column `others` holds the representations.
  #keep(item: Item, stamp: string, texts: string, representations: string | null): void {
    this.#templates = null;
    const { collection } = item;
    const serial = Number(item.id);
    this.#sql.exec(
      'INSERT OR REPLACE INTO part (collection, serial, stamp, status, texts, others) VALUES (?, ?, ?, ?, ?, ?)',
      collection,
      serial,
      stamp,
      item.withdrawal || item.content === null ? 410 : 200,
      this.#long.keep(owner(collection, serial), texts),
      representations === null
        ? null
        : this.#long.keep(representationsOwner(collection, serial), representations),
    );
    if (representations === null) this.#long.drop(representationsOwner(collection, serial));
    // An item that is rendered again to the same texts has not changed: it keeps its time.
    this.#sql.exec(
      `INSERT INTO part_time (collection, serial, digest, modified) VALUES (?, ?, ?, NULL)
        ON CONFLICT (collection, serial) DO UPDATE SET digest = excluded.digest, modified = NULL
        WHERE digest <> excluded.digest`,
      collection,
      serial,
      etagOf(texts + (representations ?? '')),
    );
    const sizeBytes = new TextEncoder().encode(texts + (representations ?? '')).length;
    this.heads(collection).set(serial, { stamp, sizeBytes });
  }

  #drop(collection: string, serial: number): void {
    for (const table of ['part', 'part_time'])
      this.#sql.exec(`DELETE FROM ${table} WHERE collection = ? AND serial = ?`, collection, serial);
    this.#long.drop(owner(collection, serial));
    this.#long.drop(representationsOwner(collection, serial));
  }

  // All items with pages have new parts: a part from older templates belongs to no item any more.
  #dropOlder(template: string): void {
    if (this.templates().every((other) => other === template)) return;
    for (const { collection, serial } of this.#sql
      .exec<{ collection: string; serial: number }>(
        "SELECT collection, serial FROM part WHERE substr(stamp, 1, instr(stamp, '/') - 1) <> ?",
        template,
      )
      .toArray())
      this.#drop(collection, serial);
    this.#heads.clear();
    this.#templates = null;
  }

  /** Makes every part outdated. Parts that are rendered again to the same texts keep their time. */
  forget(): void {
    this.#sql.exec("UPDATE part SET stamp = stamp || '/wrong'");
    this.#heads.clear();
  }

  /** Sets the time of the parts that the new public release is the first to show. Within the caller's transaction. */
  notePublished(asOf: Instant): void {
    this.#sql.exec('UPDATE part_time SET modified = ? WHERE modified IS NULL', asOf);
  }

  /** The versions of the templates that rendered the stored parts, in no order. */
  templates(): readonly string[] {
    this.#templates ??= this.#sql
      .exec<{ template: string }>(
        // One step in the index for each template: DISTINCT would read the row of every part.
        `WITH RECURSIVE found (template) AS (
          SELECT min(substr(stamp, 1, instr(stamp, '/') - 1)) FROM part UNION ALL
          SELECT (SELECT min(substr(stamp, 1, instr(stamp, '/') - 1)) FROM part
            WHERE substr(stamp, 1, instr(stamp, '/') - 1) > template) FROM found WHERE template IS NOT NULL)
        SELECT template FROM found WHERE template IS NOT NULL`,
      )
      .toArray()
      .map(({ template }) => template);
    return this.#templates;
  }

  /** The parts of the items from serial `first` to `last`, in order. Each is read when the iterator reaches it. */
  *between(collection: Collection, first: number, last: number): Iterable<StoredPart> {
    for (const row of this.#sql.exec<Row>(
      `SELECT serial, stamp, status, texts, others, modified FROM part LEFT JOIN part_time USING (collection, serial)
        WHERE collection = ? AND serial BETWEEN ? AND ? ORDER BY serial`,
      collection,
      first,
      last,
    )) {
      const texts = this.#long.whole(owner(collection, row.serial), row.texts);
      const representations =
        row.others && this.#long.whole(representationsOwner(collection, row.serial), row.others);
      yield {
        serial: row.serial,
        template: templateOf(row.stamp),
        status: row.status,
        modified: row.modified,
        parts: JSON.parse(texts),
        representations: representations ? parseRepresentations(representations) : [],
      };
    }
  }

  /** The heads of a collection's parts, by serial. */
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

/** @throws TooLarge if what was rendered of an item is larger than its bound */
function checkItemSize({ bounds }: Templates, { agency }: Item, text: string): void {
  if (text.length * MAX_UNIT_BYTES <= bounds.itemBytes) return;
  const sizeBytes = new TextEncoder().encode(text).length;
  checkSize(sizeBytes, bounds.itemBytes, () => `its agency is ${agency}`);
}

/** Renders the parts of an item, language by language, as JSON. */
function* partsText(parts: ReturnType<Templates['itemParts']>): Work<string> {
  const rendered: { [language: string]: Part } = {};
  for (const { language, render } of parts) {
    const part = render();
    rendered[language] = part;
    yield part.reduce((sum, text) => sum + text.length, 0);
  }
  return JSON.stringify(rendered);
}

/** Representations as JSON, their bytes in Base64. */
const representationsText = (representations: readonly RenderedRepresentation[]): string =>
  JSON.stringify(
    representations.map(({ content, ...head }) =>
      typeof content === 'string' ? { ...head, content } : { ...head, base64: content.toBase64() },
    ),
  );

type StoredRepresentation = Omit<RenderedRepresentation, 'content'> &
  ({ readonly content: string } | { readonly base64: string });

const parseRepresentations = (json: string): readonly RenderedRepresentation[] =>
  (JSON.parse(json) as readonly StoredRepresentation[]).map((stored) =>
    'base64' in stored ? { ...stored, content: Uint8Array.fromBase64(stored.base64) } : stored,
  );

const owner = (collection: string, serial: ItemId | number): string => `part/${collection}/${serial}`;
const representationsOwner = (collection: string, serial: number): string => `others/${collection}/${serial}`;

// A part's stamp is the version of the templates that rendered it, the stamp of the settings that it shows, its item's
// version, and what it shows of other items, with a slash between two. The second was a number until November 2026.
const templateOf = (stamp: string): string => stamp.slice(0, stamp.indexOf('/'));
const shownBy = (stamp: string): string => stamp.slice(stamp.indexOf('/', stamp.indexOf('/') + 1) + 1);

/** The items that have pages of their own, collection by collection. */
export const itemsWithPages = (bulletin: Bulletin): readonly Item<Paged>[] =>
  COLLECTIONS.filter(hasPermalinks).flatMap((collection): Item<Paged>[] => [
    ...bulletin.items[collection].values(),
  ]);
