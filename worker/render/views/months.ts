import type { MonthLink } from '../../../client/page/sections/months.tsx';
import type { Bulletin, PublicItem } from '../../model/bulletin.ts';
import { type CivilMonth, monthOf } from '../../model/civil-date.ts';
import type { Monthly } from '../../model/collections/registry.ts';
import { monthPath } from '../../model/path.ts';
import { memoized } from '../../platform/memoize.ts';
import { listedItems } from './listed-items.ts';

/** The public items of a collection by month: newest month first, and in a month the newest item first. */
export type Months<C extends Monthly> = ReadonlyMap<CivilMonth, readonly PublicItem<C>[]>;

/** The public items of a collection by month; the same map until an item changes. */
export const monthsOf = <C extends Monthly>(bulletin: Bulletin, collection: C): Months<C> =>
  byMonth(listedItems(bulletin, collection));

// `listedItems` gives the same list until an item changes.
const byMonth = memoized(<C extends Monthly>(items: readonly PublicItem<C>[]): Months<C> => {
  const months = new Map<CivilMonth, PublicItem<C>[]>();
  for (const item of items) {
    const month = monthOf(item.content.date);
    const monthItems = months.get(month);
    if (monthItems) monthItems.push(item);
    else months.set(month, [item]);
  }
  return months;
});

/** The links to all months, newest first. */
export const monthLinks = <C extends Monthly>(months: Months<C>, collection: C, language: string) =>
  [...months].map(([month, items]) => ({
    month,
    path: monthPath(language, collection, month),
    count: items.length,
  }));

/** The links to the next newer and the next older month; left out if there is none. */
export function neighbours<C extends Monthly>(
  months: Months<C>,
  collection: C,
  month: CivilMonth,
  language: string,
): { readonly newer?: MonthLink; readonly older?: MonthLink } {
  const all = [...months.keys()];
  const i = all.indexOf(month);
  const link = (target: CivilMonth) => ({ month: target, path: monthPath(language, collection, target) });
  const [newer, older] = [all[i - 1], all[i + 1]];
  return { ...(newer ? { newer: link(newer) } : {}), ...(older ? { older: link(older) } : {}) };
}
