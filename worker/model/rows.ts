import type { Correction, Day } from './bulletin.ts';
import type { Erasure } from './change.ts';
import type { CivilDate } from './civil-date.ts';
import type { Collection } from './collections/registry.ts';
import type { Item, ItemId } from './item.ts';
import type { Site } from './site.ts';

/** Storage of the bulletin's rows: SQLite in the Newsroom, or maps in memory. Only `applyEntry` writes to it. */
export type Rows = {
  day(date: CivilDate): Day | undefined;
  putDay(date: CivilDate, day: Day): void;
  item<C extends Collection>(collection: C, id: ItemId): Item<C> | undefined;
  putItem(item: Item): void;
  /** The settings, or null before the first ones. */
  settings(): Site | null;
  putSite(site: Site): void;
  addCorrection(correction: Correction): void;
  /** Removes from the corrections what an erasure names: values, contents of items, the reason of the erased entry. */
  eraseCorrections(erasure: Erasure): void;
  /** Records `seq` as the last entry that changed a part of the bulletin. */
  touch(part: 'site' | 'figures' | 'corrections' | Collection, seq: number): void;
};
