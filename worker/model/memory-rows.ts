import type { Bulletin, Correction, Day, Revisions } from './bulletin.ts';
import type { CivilDate } from './civil-date.ts';
import { COLLECTIONS, type Collection } from './collections/registry.ts';
import type { Rows } from './fold.ts';
import type { Item, ItemId } from './item.ts';
import type { Site } from './site.ts';

type Stamped = Correction & { release: number | null };

/** The bulletin's rows in memory. What `bulletin` gives stays one view of them: it changes as entries are applied. */
export class MemoryRows implements Rows {
  readonly days = new Map<CivilDate, Day>();
  readonly items = perCollection(() => new Map()) as { readonly [C in Collection]: Map<ItemId, Item<C>> };
  readonly corrections: Stamped[] = [];
  readonly revisions: { -readonly [K in keyof Revisions]: number } = {
    site: 0,
    figures: 0,
    corrections: 0,
    ...perCollection(() => 0),
  };
  site: Site | null = null;
  /** The ledger's last entry that was applied. */
  lastSeq = 0;

  day(date: CivilDate): Day | undefined {
    return this.days.get(date);
  }
  putDay(date: CivilDate, day: Day): void {
    this.days.set(date, day);
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
  addCorrection(correction: Correction): void {
    this.corrections.push({ ...correction, release: null });
  }
  eraseCorrections(of: { seq: number; items: readonly { collection: Collection; id: ItemId }[] }): void {
    this.corrections.forEach((correction, i) => {
      this.corrections[i] = { ...erasedCorrection(correction, of), release: correction.release };
    });
  }
  touch(part: keyof Revisions, seq: number): void {
    this.revisions[part] = seq;
  }

  /** The bulletin these rows are, or null before the site has settings. */
  bulletin(): Bulletin | null {
    return this.site ? ({ ...this, site: this.site } as unknown as Bulletin) : null;
  }
}

/** A correction without what an erasure takes from it: values, and the reason of the erased entry itself. */
export function erasedCorrection(
  correction: Correction,
  of: { readonly seq: number; readonly items: readonly { collection: Collection; id: ItemId }[] },
): Correction {
  if (correction.kind === 'figure') {
    const was = correction.wasSeq === of.seq ? null : correction.was;
    if (correction.seq !== of.seq) return { ...correction, was };
    const { reason: _, ...rest } = correction;
    return { ...rest, was, now: null };
  }
  const gone = of.items.some((i) => i.collection === correction.collection && i.id === correction.item);
  if (correction.seq !== of.seq) return gone ? { ...correction, was: null, now: null } : correction;
  const { reason: _, ...rest } = correction;
  return gone ? { ...rest, was: null, now: null } : rest;
}

const perCollection = <T>(make: () => T): Record<Collection, T> =>
  Object.fromEntries(COLLECTIONS.map((collection) => [collection, make()])) as Record<Collection, T>;
