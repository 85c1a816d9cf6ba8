import type { MonthLink } from '../../../client/page/sections/months.tsx';
import type { Bulletin, PublicItem } from '../../model/bulletin.ts';
import { type CivilMonth, monthOf } from '../../model/civil-date.ts';
import type { Monthly } from '../../model/collections/registry.ts';
import { monthPath } from '../../model/path.ts';
import { runsOf } from '../../model/runs.ts';
import type { Texts } from '../../model/validation/text.ts';
import { memoized } from '../../platform/memoize.ts';
import { listedItems } from './listed-items.ts';
import { MAIN_BYTES } from './page-room.ts';

/**
 * A page of a month of a collection. `page` is null for the page of the month's newest items, which each month has; of
 * a month with many items, page 1 has the oldest.
 */
export type MonthPage<C extends Monthly> = {
  readonly month: CivilMonth;
  readonly page: number | null;
  readonly items: readonly PublicItem<C>[];
  /** How many items the month has, on all its pages. */
  readonly count: number;
};

/** The pages of all months of a collection, newest first; the same list until an item changes. */
export const monthPagesOf = <C extends Monthly>(bulletin: Bulletin, collection: C): readonly MonthPage<C>[] =>
  cutMonths(listedItems(bulletin, collection));

// `listedItems` gives the same list until an item changes.
const cutMonths = memoized(<C extends Monthly>(items: readonly PublicItem<C>[]): readonly MonthPage<C>[] => {
  const months = new Map<CivilMonth, PublicItem<C>[]>();
  for (const item of items) {
    const month = monthOf(item.content.date);
    const monthItems = months.get(month);
    if (monthItems) monthItems.push(item);
    else months.set(month, [item]);
  }
  return [...months].flatMap(([month, monthItems]): MonthPage<C>[] => {
    const { length: count } = monthItems;
    const { first, older } = runsOf(monthItems, rowBytes, MAIN_BYTES / 2);
    const olderPages = older.map((items, i) => ({ month, page: i + 1, items, count }));
    return [{ month, page: null, items: first, count }, ...olderPages.reverse()];
  });
});

/** More than the elements of a row have, with an agency's name. */
const ROW_BYTES = 800;
/** What a character takes in HTML at most: a quotation mark is `&quot;`. */
const MOST_BYTES_A_CHARACTER = 6;

// Counted without reading the texts, because there may be 10,000; the same in all languages, which have the same pages.
const rowBytes = <C extends Monthly>({ content }: PublicItem<C>): number => {
  const issuer = 'issuer' in content ? longest(content.issuer) : 0;
  const number = 'number' in content ? (content.number?.length ?? 0) : 0;
  return ROW_BYTES + MOST_BYTES_A_CHARACTER * (longest(content.title) + issuer + number);
};

const longest = (texts: Texts): number =>
  Object.values(texts).reduce((most, { length }) => Math.max(most, length), 0);

/** How many months the list of a section's page has. The page of the last one leads to the months before it. */
const LISTED = 96;

/** The links to the newest months, newest first, and the link to the next older one, if there are more. */
export function monthLinks<C extends Monthly>(bulletin: Bulletin, collection: C, language: string) {
  const months = monthPagesOf(bulletin, collection).filter(({ page }) => page === null);
  const link = ({ month }: MonthPage<C>): MonthLink => ({
    month,
    path: monthPath(language, collection, month),
  });
  const [next] = months.slice(LISTED);
  return {
    months: months.slice(0, LISTED).map((page) => ({ ...link(page), count: page.count })),
    ...(next ? { olderMonth: link(next) } : {}),
  };
}

/** The links to the next newer and the next older page; left out if there is none. */
export function neighbours<C extends Monthly>(
  bulletin: Bulletin,
  collection: C,
  { month, page }: Pick<MonthPage<C>, 'month' | 'page'>,
  language: string,
): { readonly newer?: MonthLink; readonly older?: MonthLink } {
  const all = monthPagesOf(bulletin, collection);
  const i = all.findIndex((other) => other.month === month && other.page === page);
  const link = (target: MonthPage<C>): MonthLink => ({
    month: target.month,
    path: monthPath(language, collection, target.month, target.page),
    ...(target.page === null ? {} : { page: target.page }),
  });
  // From a month's newest items, the newer page is the newer month's newest items: the oldest ones interest few.
  const newer = all
    .slice(0, Math.max(0, i))
    .findLast((other) => other.month === month || other.page === null);
  const older = all[i + 1];
  return { ...(newer ? { newer: link(newer) } : {}), ...(older ? { older: link(older) } : {}) };
}
