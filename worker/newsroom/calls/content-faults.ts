import { addDays, parseCivilDate } from '../../model/civil-date.ts';
import { codedFault } from '../../model/coded-fault.ts';
import { type Collection, isAboutFigures } from '../../model/collections/registry.ts';
import { parseInstant, toInstant, toMs } from '../../model/instant.ts';
import { type Item, type ItemId, parseItemId } from '../../model/item.ts';
import type { Fault } from '../../model/problem.ts';
import type { Site } from '../../model/site.ts';
import { changedFields } from './changed-fields.ts';
import { type CallContext, todayOf } from './context.ts';
import { remarkFaults } from './remark-faults.ts';

/** Identifies the item whose content is checked. `id`: for a new item, the id that it will get. */
type ItemRef = { readonly collection: Collection; readonly id: ItemId };

/** How many days after the site's today an item may be dated: tomorrow's news is entered today, next year's is a mistake. */
const MAX_DAYS_AHEAD = 7;

/**
 * The faults of a content that its schema does not find: a date too far ahead, an invalid `replaces`. Checks the content as
 * it was sent, so that the caller gets these faults together with all others.
 * @param pointer of the content
 * @param isEarlier whether an earlier item of the same call gets this id
 */
export const contentFaults = (
  context: CallContext,
  site: Site,
  item: ItemRef,
  content: unknown,
  pointer: string,
  isEarlier: (id: ItemId) => boolean = () => false,
): readonly Fault[] => [
  ...dateFaults(context, site, item, content, pointer),
  ...breakingFaults(context, item, content, pointer),
  ...replacesFaults(context, item, content, pointer, isEarlier),
  ...remarkFaults(context, site, item.collection, content, pointer),
];

/** How many years before the site's first date an item may be dated: what led to the crisis, but no typo such as 0021. */
const YEARS_BEFORE = 10;

/** The fields of contents that are civil dates; `/` before a field of a field. */
const DATE_FIELDS = [
  'date',
  'effectiveFrom',
  'effectiveUntil',
  'plannedFrom',
  'from',
  'until',
  'period/from',
  'period/until',
] as const;

/** The earliest date of an item. */
export function earliestDate({ firstDate }: Pick<Site, 'firstDate'>): string {
  const year = Math.max(1, Number(firstDate.slice(0, 4)) - YEARS_BEFORE);
  return `${String(year).padStart(4, '0')}${firstDate.slice(4)}`;
}

/** An item that already has a date out of bounds keeps it: an edit of other fields is not refused. */
function dateFaults(
  context: CallContext,
  site: Site,
  { collection, id }: ItemRef,
  content: unknown,
  pointer: string,
): readonly Fault[] {
  const today = todayOf(context, site);
  const last = addDays(today, MAX_DAYS_AHEAD);
  const first = earliestDate(site);
  return DATE_FIELDS.flatMap((field) => {
    const date = dateIn(content, field);
    if (date === null || (date >= first && (date <= last || field !== 'date'))) return [];
    if (date === dateIn(context.rows.item(collection, id)?.content, field)) return [];
    const place = `${pointer}/${field}`;
    return [
      date < first
        ? codedFault(place, 'date-before-years', { first, years: YEARS_BEFORE, siteFirst: site.firstDate })
        : codedFault(place, 'date-too-late', { days: MAX_DAYS_AHEAD, today }),
    ];
  });
}

function dateIn(content: unknown, field: (typeof DATE_FIELDS)[number]) {
  const date = field.split('/').reduce<unknown>((value, name) => Object(value)[name], content);
  return typeof date === 'string' ? parseCivilDate(date) : null;
}

/**
 * How many days ahead an agency's alert may end: the longest that a warning is given for at once. An alert that nobody ends
 * would keep its place for years, and readers learn to overlook it. Whoever needs it longer makes it longer in time.
 */
const MAX_ALERT_DAYS = 7;

/** The operator may set any end. An alert that an edit makes no longer may end when it did. */
function breakingFaults(
  { caller, now, rows }: CallContext,
  { collection, id }: ItemRef,
  content: unknown,
  pointer: string,
): readonly Fault[] {
  const untilIn = (any: unknown) => parseInstant(String(Object(Object(any).breaking).until));
  const until = collection === 'news' && caller.role !== 'operator' ? untilIn(content) : null;
  const last = toInstant(toMs(now) + MAX_ALERT_DAYS * 86_400_000);
  if (until === null || until <= last) return [];
  const before = untilIn(rows.item(collection, id)?.content);
  if (before !== null && until <= before) return [];
  return [codedFault(`${pointer}/breaking/until`, 'breaking-too-long', { days: MAX_ALERT_DAYS, last })];
}

/**
 * Validates `replaces` of a decision: the target exists, is another decision, and does not replace this one, directly or
 * through others. The target may be withdrawn, so that this decision can still be edited. A replaced decision ends, so an
 * agency may name only its own decisions. The operator, who enters decisions of all agencies, may name any; an agency that
 * edits such a decision may leave the operator's `replaces` as it is, with what the other's page shows of it: see
 * `replacesMore`. The schema refuses a text that is not an item id.
 */
function replacesFaults(
  context: CallContext,
  item: ItemRef,
  content: unknown,
  pointer: string,
  isEarlier: (id: ItemId) => boolean,
): readonly Fault[] {
  if (item.collection !== 'decisions') return [];
  const { replaces }: { readonly replaces?: unknown } = Object(content);
  const id = typeof replaces === 'string' ? parseItemId(replaces) : null;
  if (id === null) return [];
  const place = `${pointer}/replaces`;
  if (id === item.id) return [codedFault(place, 'replaces-itself')];
  if (isEarlier(id)) return [];
  const target = context.rows.item('decisions', id);
  if (!target) return [codedFault(place, 'replaces-unknown', { id })];
  const { caller } = context;
  const isOwn = caller.role === 'operator' || target.agency === caller.agency;
  const decision = context.rows.item('decisions', item.id);
  if (!isOwn && replacedId(decision) !== id)
    return [codedFault(place, 'replaces-foreign', { id, agency: target.agency })];
  if (!isOwn && replacesMore(decision?.content, content))
    return [codedFault(place, 'replaces-foreign-more', { id, agency: target.agency })];
  return isInChain(context, target, item.id)
    ? [codedFault(place, 'replaces-circle', { id, other: item.id })]
    : [];
}

/** Whether an edit would end the replaced decision sooner, or have another title on its page. */
const replacesMore = (old: unknown, content: unknown): boolean =>
  String(firstDayOf(content)) < String(firstDayOf(old)) ||
  changedFields({ title: Object(old).title }, { title: Object(content).title }).length > 0;

/** The day from which a decision, checked or not, replaces another. */
const firstDayOf = (content: unknown): unknown => Object(content).effectiveFrom ?? Object(content).date;

/** The id of the decision that `decision` replaces. */
const replacedId = (decision: Item<'decisions'> | undefined): ItemId | undefined =>
  decision?.content?.replaces;

/** Whether the `replaces` chain of a decision reaches `id`. The chain ends, because writes that make a cycle are refused. */
function isInChain(context: CallContext, decision: Item<'decisions'>, id: ItemId): boolean {
  let next: Item<'decisions'> | undefined = decision;
  while (next) {
    const replaced: ItemId | undefined = replacedId(next);
    if (replaced === id) return true;
    next = replaced === undefined ? undefined : context.rows.item('decisions', replaced);
  }
  return false;
}

/**
 * The fault of a next word that has passed. What is stored stays, so that other fields can be edited. An import may hold
 * what was said long ago.
 */
export function nextWordFaults(
  context: CallContext,
  { collection, id }: ItemRef,
  content: unknown,
  pointer: string,
): readonly Fault[] {
  if (!isAboutFigures(collection)) return [];
  const { nextWord }: { readonly nextWord?: unknown } = Object(content);
  const at = typeof nextWord === 'string' ? parseInstant(nextWord) : null;
  if (at === null || at > context.now || at === context.rows.item(collection, id)?.content?.nextWord)
    return [];
  return [codedFault(`${pointer}/nextWord`, 'time-past', { now: context.now })];
}
