import type { Correction, Day, Revisions } from '../../model/bulletin.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import { COLLECTIONS, type Collection } from '../../model/collections/registry.ts';
import type { Erasure, Rows } from '../../model/fold.ts';
import type { Item, ItemId } from '../../model/item.ts';
import { erasedCorrection, MemoryRows } from '../../model/memory-rows.ts';
import type { Site } from '../../model/site.ts';
import { LongTexts } from './long-texts.ts';
import type { Sized } from './paginate.ts';

/** The bulletin's rows in SQLite. Written in the transaction of the entry they come from. */
export class SqlRows implements Rows {
  readonly #sql: SqlStorage;
  readonly #long: LongTexts;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.#long = new LongTexts(sql);
  }

  /** The site's settings and their version, or null before there are any. */
  site(): { readonly site: Site; readonly version: number } | null {
    const [row] = this.#sql
      .exec<{ version: number; site: string }>('SELECT version, site FROM site')
      .toArray();
    return row ? { site: JSON.parse(row.site) as Site, version: row.version } : null;
  }

  settings(): Site | null {
    return this.site()?.site ?? null;
  }

  putSite(site: Site): void {
    const version = (this.site()?.version ?? 0) + 1;
    this.#sql.exec(
      'INSERT OR REPLACE INTO site (one, version, site) VALUES (1, ?, ?)',
      version,
      JSON.stringify(site),
    );
  }

  day(date: CivilDate): Day | undefined {
    const [row] = this.#sql
      .exec<{ version: number; cells: string }>('SELECT version, cells FROM day WHERE date = ?', date)
      .toArray();
    return row && { version: row.version, cells: JSON.parse(row.cells) as Day['cells'] };
  }

  putDay(date: CivilDate, day: Day): void {
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
    return row && (JSON.parse(row.item) as Item<C>);
  }

  /** The items with a serial below `before`, or all, newest first, withdrawn ones included; each read when asked for. */
  *items(collection: Collection, before: number | null): Iterable<Sized<Item>> {
    for (const row of this.#sql.exec<{ item: string; size: number }>(
      'SELECT item, octet_length(item) AS size FROM item WHERE collection = ? AND serial < ? ORDER BY serial DESC',
      collection,
      before ?? Number.MAX_SAFE_INTEGER,
    ))
      yield { value: JSON.parse(row.item) as Item, sizeBytes: row.size };
  }

  /** The highest serial number given in a collection; 0 for none. */
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

  /** Ids of the agencies that items belong to. */
  itemAgencies(): ReadonlySet<string> {
    return new Set(
      this.#sql
        .exec<{ agency: string }>('SELECT DISTINCT agency FROM item')
        .toArray()
        .map((row) => row.agency),
    );
  }

  /** Every day that was ever set, by date. */
  *days(): Iterable<readonly [CivilDate, Day]> {
    for (const row of this.#sql.exec<{ date: string; version: number; cells: string }>(
      'SELECT date, version, cells FROM day ORDER BY date',
    ))
      yield [row.date as CivilDate, { version: row.version, cells: JSON.parse(row.cells) as Day['cells'] }];
  }

  putItem(item: Item): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO item (collection, serial, agency, item) VALUES (?, ?, ?, ?)',
      item.collection,
      Number(item.id),
      item.agency,
      JSON.stringify(item),
    );
  }

  addCorrection(correction: Correction): void {
    const { n } = this.#sql
      .exec<{ n: number }>("INSERT INTO correction (correction) VALUES ('') RETURNING n")
      .one();
    this.#putCorrection(n, JSON.stringify(correction));
  }

  eraseCorrections(erasure: Erasure): void {
    for (const { n, text } of this.#corrections()) {
      const erased = JSON.stringify(erasedCorrection(JSON.parse(text) as Correction, erasure));
      if (erased !== text) this.#putCorrection(n, erased);
    }
  }

  // What an edit took away and what it put in its place may be long texts both.
  #putCorrection(n: number, text: string): void {
    const head = this.#long.keep(`correction/${n}`, text);
    this.#sql.exec('UPDATE correction SET correction = ? WHERE n = ?', head, n);
  }

  #corrections(): readonly { readonly n: number; readonly text: string; readonly release: number | null }[] {
    return this.#sql
      .exec<{ n: number; correction: string; release: number | null }>(
        'SELECT n, correction, release FROM correction ORDER BY n',
      )
      .toArray()
      .map(({ n, correction, release }) => ({
        n,
        text: this.#long.whole(`correction/${n}`, correction),
        release,
      }));
  }

  /** The release in which each correction first stood, by the correction's id; null where that is not public yet. */
  correctionReleases(): ReadonlyMap<string, number | null> {
    return new Map(this.#corrections().map(({ text, release }) => [idIn(text), release]));
  }

  /** Sets these again, for the corrections there are. */
  restoreReleases(releases: ReadonlyMap<string, number | null>): void {
    for (const { n, text } of this.#corrections())
      this.#sql.exec('UPDATE correction SET release = ? WHERE n = ?', releases.get(idIn(text)) ?? null, n);
  }

  touch(part: keyof Revisions, seq: number): void {
    this.#sql.exec('INSERT OR REPLACE INTO revision (part, seq) VALUES (?, ?)', part, seq);
  }

  /** All rows, in memory. `lastSeq` is that of the ledger's last entry. */
  load(lastSeq: number): MemoryRows {
    const rows = new MemoryRows();
    rows.lastSeq = lastSeq;
    rows.site = this.site()?.site ?? null;
    for (const [date, day] of this.days()) rows.putDay(date, day);
    for (const collection of COLLECTIONS)
      for (const { value } of [...this.items(collection, null)].reverse()) rows.putItem(value);
    for (const { text, release } of this.#corrections())
      rows.corrections.push({ ...(JSON.parse(text) as Correction), release });
    for (const row of this.#sql.exec<{ part: string; seq: number }>('SELECT part, seq FROM revision'))
      rows.touch(row.part as keyof Revisions, row.seq);
    return rows;
  }
}

/** The id of a correction that is kept as JSON. */
const idIn = (text: string): string => (JSON.parse(text) as Correction).id;
