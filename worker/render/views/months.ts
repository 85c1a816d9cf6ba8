import type { MonthLink } from '../../../client/page/sections/months.tsx';
import type { Bulletin, PublicItem } from '../../model/bulletin.ts';
import { type CivilMonth, monthOf } from '../../model/civil-date.ts';
import type { Monthly } from '../../model/collections/registry.ts';
import { monthPath } from '../../model/path.ts';
import { memoized } from '../../platform/memoize.ts';
import { listedItems } from './listed-items.ts';

/** The public items of a collection by month, newest month and item first. */
export type Months<C extends Monthly> = ReadonlyMap<CivilMonth, readonly PublicItem<C>[]>;

/** The public items of a collection by month; the same map until an item changes. */
export const monthsOf = <C extends Monthly>(bulletin: Bulletin, collection: C): Months<C> =>
  byMonth(listedItems(bulletin, collection)) as Months<C>; // as many kinds of items as the list has

// `listedItems` gives the same list until an item changes.
const byMonth = memoized((items: readonly PublicItem<Monthly>[]): Months<Monthly> => {
  const months = new Map<CivilMonth, PublicItem<Monthly>[]>();
  for (const item of items) {
    const month = monthOf(item.content.date);
    const ofMonth = months.get(month);
    if (ofMonth) ofMonth.push(item);
    else months.set(month, [item]);
  }
  return months;
});

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
