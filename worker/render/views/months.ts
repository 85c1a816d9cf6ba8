import type { MonthLink } from '../../../client/page/sections/months.tsx';
import type { Bulletin, PublicItem } from '../../model/bulletin.ts';
import { type CivilMonth, monthOf } from '../../model/civil-date.ts';
import type { Monthly } from '../../model/collections/collection.ts';
import { monthPath } from '../../model/path.ts';
import { listedItems } from './listed-items.ts';

/** The public items of a collection by month, newest month and item first. */
export type Months<C extends Monthly> = ReadonlyMap<CivilMonth, readonly PublicItem<C>[]>;

// By the list itself: `listedItems` gives the same one until an item changes.
const known = new WeakMap<object, Months<Monthly>>();

/** Sorts the public items of a collection into their months. */
export function monthsOf<C extends Monthly>(bulletin: Bulletin, collection: C): Months<C> {
  const listed = listedItems(bulletin, collection);
  const before = known.get(listed);
  if (before) return before as unknown as Months<C>;
  const months = new Map<CivilMonth, PublicItem<C>[]>();
  known.set(listed, months as unknown as Months<Monthly>);
  for (const item of listed) {
    const month = monthOf(item.content.date);
    const items = months.get(month);
    if (items) items.push(item);
    else months.set(month, [item]);
  }
  return months;
}

/** The way to every month. */
export const monthLinks = <C extends Monthly>(months: Months<C>, collection: C, language: string) =>
  [...months].map(([month, items]) => ({
    month,
    path: monthPath(language, collection, month),
    count: items.length,
  }));

/** The months beside one, where there are some. */
export function neighbours<C extends Monthly>(
  months: Months<C>,
  collection: C,
  month: CivilMonth,
  language: string,
): { readonly newer?: MonthLink; readonly older?: MonthLink } {
  const all = [...months.keys()];
  const i = all.indexOf(month);
  const link = (of: CivilMonth) => ({ month: of, path: monthPath(language, collection, of) });
  const [newer, older] = [all[i - 1], all[i + 1]];
  return { ...(newer ? { newer: link(newer) } : {}), ...(older ? { older: link(older) } : {}) };
}
