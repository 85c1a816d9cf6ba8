import type { Bulletin, PublicItem } from '../../model/bulletin.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import type { ItemId } from '../../model/item.ts';
import { type DecisionStatus, decisionStatus } from '../../model/status.ts';
import { memoized, memoizedWith } from '../../platform/memoize.ts';
import { listedItems } from './listed-items.ts';

type Decisions = readonly PublicItem<'decisions'>[];

/** By a decision's id, the public decisions that replace it, earliest first day first. */
export type Replacers = ReadonlyMap<ItemId, Decisions>;

/** The replacers of each decision. A withdrawn decision replaces none. */
export const replacersOf = (bulletin: Bulletin): Replacers =>
  replacersAmong(listedItems(bulletin, 'decisions'));

// `listedItems` gives the same list until a decision changes.
const replacersAmong = memoized((items: Decisions): Replacers => {
  const replacers = new Map<ItemId, PublicItem<'decisions'>[]>();
  for (const item of items) {
    const { replaces } = item.content;
    if (replaces === undefined || replaces === item.id) continue;
    replacers.set(replaces, [...(replacers.get(replaces) ?? []), item]);
  }
  for (const list of replacers.values()) list.sort(byFirstDay);
  return replacers;
});

/** The day from which a decision replaces another: when it comes into force, or its own date if no such day is set. */
export const firstDay = ({ content }: PublicItem<'decisions'>): CivilDate =>
  content.effectiveFrom ?? content.date;

const byFirstDay = (a: PublicItem<'decisions'>, b: PublicItem<'decisions'>): number => {
  const [x, y] = [firstDay(a), firstDay(b)];
  return x < y ? -1 : x > y ? 1 : Number(a.id) - Number(b.id);
};

type Statuses = ReadonlyMap<ItemId, DecisionStatus>;

/** The status of every public decision on a day of the site; the same map until a decision or the day changes. */
export const decisionStatuses = (bulletin: Bulletin, today: CivilDate): Statuses =>
  statusesOn(listedItems(bulletin, 'decisions'), today);

const statusesOn = memoizedWith((items: Decisions, today: CivilDate): Statuses => {
  const replacers = replacersAmong(items);
  return new Map(
    items.map(({ id, content }) => {
      const [first] = replacers.get(id) ?? [];
      return [id, decisionStatus(content, first && firstDay(first), today)];
    }),
  );
});
