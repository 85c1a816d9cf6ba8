import type { Correction, Day, Revisions } from '../../model/bulletin.ts';
import type { Erasure } from '../../model/change.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import { COLLECTIONS, type Collection } from '../../model/collections/registry.ts';
import type { Item, ItemId } from '../../model/item.ts';
import { MemoryRows } from '../../model/memory-rows.ts';
import type { Rows } from '../../model/rows.ts';
import type { MetricId, Site } from '../../model/site.ts';
import { hasTopics } from '../../model/usage.ts';
import { CorrectionRows } from './correction-rows.ts';
import type { Sized } from './paginate.ts';
import { Usage, type Used } from './usage.ts';

/** The bulletin's rows in SQLite. Rows are written in the transaction of the entry that changes them. */
export class SqlRows implements Rows {
  readonly #sql: SqlStorage;
  /** How much of each limit the items use. */
  readonly usage: Usage;
  readonly corrections: CorrectionRows;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.corrections = new CorrectionRows(sql);
    this.usage = new Usage(sql);
  }

  /** The site's settings and their version; null before the first settings. */
  site(): { readonly site: Site; readonly version: number } | null {
    const [row] = this.#sql
      .exec<{ version: number; site: string }>('SELECT version, site FROM site')
      .toArray();
    return row ? { site: parseSite(row.site), version: row.version } : null;
  }

  settings(): Site | null {
    return this.site()?.site ?? null;
  }

  putSite(site: Site): void {
    const stored = this.site();
    const version = (stored?.version ?? 0) + 1;
    this.#sql.exec(
      'INSERT OR REPLACE INTO site (one, version, site) VALUES (1, ?, ?)',
      version,
      JSON.stringify(site),
    );
    if (stored && stored.site.defaultLanguage !== site.defaultLanguage)
      this.usage.recountTopics(this.#allItems(), site.defaultLanguage);
  }

  *#allItems(): Iterable<Item> {
    for (const collection of COLLECTIONS) for (const { value } of this.items(collection, null)) yield value;
  }

  day(date: CivilDate): Day | undefined {
    const [row] = this.#sql
      .exec<{ version: number; cells: string }>('SELECT version, cells FROM day WHERE date = ?', date)
      .toArray();
    return row && { version: row.version, cells: parseCells(row.cells) };
  }

  putDay(date: CivilDate, day: Day): void {
    this.usage.replaceCells(this.day(date)?.cells ?? {}, day.cells);
    this.#sql.exec(
      'INSERT OR REPLACE INTO day (date, version, cells) VALUES (?, ?, ?)',
      date,
      day.version,
      JSON.stringify(day.cells),
    );
  }

  item<C extends Collection>(collection: C, id: ItemId): Item<C> | undefined {
    const [row] = this.#sql
      .exec<{ item: string }>(
        'SELECT item FROM item WHERE collection = ? AND serial = ?',
        collection,
        Number(id),
      )
      .toArray();
    return row && parseItem<C>(row.item);
  }

  /**
   * A collection's items with a serial below `belowSerial`, or all if null, newest first, withdrawn items included.
   * Each is read when the iterator reaches it.
   */
  *items<C extends Collection>(collection: C, belowSerial: number | null): Iterable<Sized<Item<C>>> {
    for (const row of this.#sql.exec<{ item: string; size: number }>(
      'SELECT item, octet_length(item) AS size FROM item WHERE collection = ? AND serial < ? ORDER BY serial DESC',
      collection,
      belowSerial ?? Number.MAX_SAFE_INTEGER,
    ))
      yield { value: parseItem<C>(row.item), sizeBytes: row.size };
  }

  /** The highest serial number in a collection; 0 if it has no items. */
  highestSerial(collection: Collection): number {
    return (
      this.#sql
        .exec<{ highest: number | null }>(
          'SELECT max(serial) AS highest FROM item WHERE collection = ?',
          collection,
        )
        .one().highest ?? 0
    );
  }

  /** Public items whose contents have more than `bytes` bytes as JSON, at most 20. */
  largerItems(bytes: number): readonly Used[] {
    return this.#sql
      .exec<Used>(
        `SELECT collection || '/' || serial AS of, octet_length(json_extract(item, '$.content')) AS amount FROM item
          WHERE octet_length(item) > ?1 AND json_extract(item, '$.withdrawal') IS NULL AND amount > ?1 LIMIT 20`,
        bytes,
      )
      .toArray();
  }

  /** Ids of the agencies that own items. */
  itemAgencies(): ReadonlySet<string> {
    return new Set(
      this.#sql
        // One step in the index for each agency: DISTINCT would read the row of every item.
        .exec<{ agency: string }>(
          `WITH RECURSIVE owner (agency) AS (SELECT min(agency) FROM item UNION ALL
            SELECT (SELECT min(item.agency) FROM item WHERE item.agency > owner.agency) FROM owner WHERE agency IS NOT NULL)
          SELECT agency FROM owner WHERE agency IS NOT NULL`,
        )
        .toArray()
        .map((row) => row.agency),
    );
  }

  /** Every day that was ever set, in the order of dates. */
  *days(): Iterable<readonly [CivilDate, Day]> {
    for (const row of this.#sql.exec<{ date: string; version: number; cells: string }>(
      'SELECT date, version, cells FROM day ORDER BY date',
    ))
      yield [row.date as CivilDate, { version: row.version, cells: parseCells(row.cells) }];
  }

  /** The days that were ever set, before a date or all if null, the newest first. */
  *daysBefore(before: CivilDate | null): Iterable<Sized<{ readonly date: CivilDate; readonly day: Day }>> {
    for (const row of this.#sql.exec<{ date: string; version: number; cells: string; size: number }>(
      'SELECT date, version, cells, octet_length(cells) AS size FROM day WHERE date < ? ORDER BY date DESC',
      before ?? '~',
    ))
      yield {
        value: {
          date: row.date as CivilDate,
          day: { version: row.version, cells: parseCells(row.cells) },
        },
        sizeBytes: row.size,
      };
  }

  /** The reported values of a metric, by date. */
  *valuesOf(metric: MetricId): Iterable<readonly [CivilDate, number]> {
    for (const row of this.#sql.exec<{ date: string; value: number }>(
      "SELECT date, json_extract(cells, '$.' || ? || '[0]') AS value FROM day WHERE value IS NOT NULL ORDER BY date",
      metric,
    ))
      yield [row.date as CivilDate, row.value];
  }

  putItem(item: Item): void {
    const before = this.item(item.collection, item.id);
    // The settings are long, and a rebuild puts all items.
    const defaultLanguage = hasTopics(item.collection) ? this.settings()?.defaultLanguage : undefined;
    this.usage.replace(before, item, defaultLanguage ?? '');
    this.#sql.exec(
      'INSERT OR REPLACE INTO item (collection, serial, agency, item) VALUES (?, ?, ?, ?)',
      item.collection,
      Number(item.id),
      item.agency,
      JSON.stringify(item),
    );
  }

  addCorrection(correction: Correction): void {
    this.corrections.add(correction);
  }

  eraseCorrections(erasure: Erasure): void {
    this.corrections.erase(erasure);
  }

  touch(part: keyof Revisions, seq: number): void {
    this.#sql.exec('INSERT OR REPLACE INTO revision (part, seq) VALUES (?, ?)', part, seq);
  }

  /** Loads all rows but the corrections into memory. `lastSeq` is the seq of the ledger's last entry. */
  load(lastSeq: number): MemoryRows {
    const rows = new MemoryRows(() => this.corrections.view());
    rows.lastSeq = lastSeq;
    rows.site = this.site()?.site ?? null;
    for (const [date, day] of this.days()) rows.putDay(date, day);
    for (const collection of COLLECTIONS)
      for (const { value } of [...this.items(collection, null)].reverse()) rows.putItem(value);
    for (const row of this.#sql.exec<{ part: string; seq: number }>('SELECT part, seq FROM revision'))
      rows.touch(row.part as keyof Revisions, row.seq);
    return rows;
  }
}

// What this class wrote as JSON, with the type that it had.
const parseSite = (text: string): Site => JSON.parse(text);
const parseCells = (text: string): Day['cells'] => JSON.parse(text);
const parseItem = <C extends Collection>(text: string): Item<C> => JSON.parse(text);
