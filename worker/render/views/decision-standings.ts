import type { Bulletin, PublicItem } from '../../model/bulletin.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import type { ItemId } from '../../model/collections/content.ts';
import { type DecisionStanding, decisionStanding } from '../../model/standing.ts';
import { listedItems } from './listed-items.ts';

/** By a decision's id, the public decisions that replace it, the first to take its place first. */
export type Replacers = ReadonlyMap<ItemId, readonly PublicItem<'decisions'>[]>;

// By the list itself: `listedItems` gives the same one until a decision changes.
const known = new WeakMap<object, Replacers>();

/** Which decisions take the place of which. Withdrawn ones take none. */
export function replacersOf(bulletin: Bulletin): Replacers {
  const items = listedItems(bulletin, 'decisions');
  const before = known.get(items);
  if (before) return before;
  const replacers = new Map<ItemId, PublicItem<'decisions'>[]>();
  for (const item of items) {
    const { replaces } = item.content;
    if (replaces === undefined || replaces === item.id) continue;
    replacers.set(replaces, [...(replacers.get(replaces) ?? []), item]);
  }
  for (const list of replacers.values()) list.sort((a, b) => (firstDay(a) < firstDay(b) ? -1 : 1));
  known.set(items, replacers);
  return replacers;
}

/** The day a decision takes another's place: when it comes into force, or was taken if nobody said when. */
export const firstDay = ({ content }: PublicItem<'decisions'>): CivilDate =>
  content.effectiveFrom ?? content.date;

type Standings = ReadonlyMap<ItemId, DecisionStanding>;

// By the list itself, as above: the standings of the last day that was asked for.
const standing = new WeakMap<object, { readonly today: CivilDate; readonly standings: Standings }>();

/** How every public decision stands on a day of the site; the same map until a decision or the day changes. */
export function standingsOf(bulletin: Bulletin, today: CivilDate): Standings {
  const items = listedItems(bulletin, 'decisions');
  const before = standing.get(items);
  if (before?.today === today) return before.standings;
  const replacers = replacersOf(bulletin);
  const standings = new Map(
    items.map(({ id, content }) => {
      const [first] = replacers.get(id) ?? [];
      return [id, decisionStanding(content, first && firstDay(first), today)];
    }),
  );
  standing.set(items, { today, standings });
  return standings;
}
