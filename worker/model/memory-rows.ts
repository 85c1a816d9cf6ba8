import { type Bulletin, type Correction, type Day, isPublic, type Revisions } from './bulletin.ts';
import type { Erasure } from './change.ts';
import type { CivilDate } from './civil-date.ts';
import { COLLECTIONS, type Collection } from './collections/registry.ts';
import type { Corrections } from './corrections.ts';
import { FlowSums } from './flow-sums.ts';
import type { Item, ItemId } from './item.ts';
import type { Remark } from './remarks.ts';
import type { Rows } from './rows.ts';
import type { MetricId, Site } from './site.ts';

/**
 * The bulletin's rows in memory, but the corrections, which stay in SQLite: they grow with every edit. The value of `bulletin()` is a live view: it changes as entries are
 * applied.
 */
export class MemoryRows implements Rows {
  readonly days = new Map<CivilDate, Day>();
  readonly items: { readonly [C in Collection]: Map<ItemId, Item<C>> } = perCollection(() => new Map());
  readonly revisions: { -readonly [K in keyof Revisions]: number } = {
    site: 0,
    figures: 0,
    corrections: 0,
    ...perCollection(() => 0),
  };
  site: Site | null = null;
  /** `seq` of the last entry that was applied. */
  lastSeq = 0;
  readonly #corrections: () => Corrections;
  /** The last copies for `snapshot()`, and the revisions of what was copied. */
  #copiedDays: ReadonlyMap<CivilDate, Day> = this.days;
  readonly #copiedItems: Bulletin['items'] = { ...this.items };
  readonly #copied: { -readonly [K in keyof Revisions]?: number } = {};
  /** By flow: made when a call first asks, then changed with the days. */
  readonly #flowSums = new Map<MetricId, FlowSums>();
  #remarks: {
    readonly revision: number;
    readonly byMetric: ReadonlyMap<MetricId, readonly Remark[]>;
  } | null = null;

  /** @param corrections gives the record of corrections as it is */
  constructor(corrections: () => Corrections) {
    this.#corrections = corrections;
  }

  day(date: CivilDate): Day | undefined {
    return this.days.get(date);
  }
  putDay(date: CivilDate, day: Day): void {
    this.days.set(date, day);
    for (const [id, sums] of this.#flowSums) sums.set(date, day.cells[id]?.[0] ?? null);
  }
  item<C extends Collection>(collection: C, id: ItemId): Item<C> | undefined {
    return this.items[collection].get(id);
  }
  putItem<C extends Collection>(item: Item<C>): void {
    this.items[item.collection].set(item.id, item);
  }
  settings(): Site | null {
    return this.site;
  }
  putSite(site: Site): void {
    this.site = site;
  }
  addCorrection(_: Correction): void {}
  eraseCorrections(_: Erasure): void {}
  touch(part: keyof Revisions, seq: number): void {
    this.revisions[part] = seq;
  }

  /** The values of a flow, with their sums. They change with the days. */
  flowSums(id: MetricId, decimals: number): FlowSums {
    const known = this.#flowSums.get(id);
    if (known?.decimals === decimals) return known;
    const sums = new FlowSums(
      decimals,
      this.days.entries().map(([date, { cells }]) => [date, cells[id]?.[0] ?? null] as const),
    );
    this.#flowSums.set(id, sums);
    return sums;
  }

  /** The public remarks by the metric that they name. */
  remarksByMetric(): ReadonlyMap<MetricId, readonly Remark[]> {
    const revision = this.revisions.remarks;
    if (this.#remarks?.revision !== revision) {
      const remarks = [...this.items.remarks.values()].filter((item) => isPublic(item));
      this.#remarks = { revision, byMetric: Map.groupBy(remarks, ({ content }) => content.metric) };
    }
    return this.#remarks.byMetric;
  }

  /** These rows as a bulletin, or null before the site has settings. */
  bulletin(): Bulletin | null {
    const { site, days, items, revisions } = this;
    return site && { site, days, items, corrections: this.#corrections(), revisions };
  }

  /**
   * A copy of the bulletin, which later entries do not change, so that it can be rendered in many turns; null before
   * the site has settings. What has not changed since the last copy is the same object, because views are cached by it.
   */
  snapshot(): Bulletin | null {
    const { site, revisions } = this;
    if (!site) return null;
    if (this.#copied.figures !== revisions.figures) this.#copiedDays = new Map(this.days);
    this.#copied.figures = revisions.figures;
    for (const collection of COLLECTIONS) {
      if (this.#copied[collection] === revisions[collection]) continue;
      this.#copied[collection] = revisions[collection];
      Object.assign(this.#copiedItems, { [collection]: new Map<ItemId, Item>(this.items[collection]) });
    }
    return {
      site,
      days: this.#copiedDays,
      items: { ...this.#copiedItems },
      corrections: this.#corrections(),
      revisions: { ...revisions },
    };
  }
}

const perCollection = <T>(create: () => T): Record<Collection, T> =>
  Object.fromEntries(COLLECTIONS.map((collection) => [collection, create()])) as Record<Collection, T>;
