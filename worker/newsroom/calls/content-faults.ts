import { addDays, parseCivilDate } from '../../model/civil-date.ts';
import type { Collection } from '../../model/collections/registry.ts';
import { type Item, type ItemId, parseItemId } from '../../model/item.ts';
import type { Fault } from '../../model/problem.ts';
import type { Site } from '../../model/site.ts';
import { type CallContext, todayOf } from './context.ts';

/** The item whose content is judged: its collection and id, the one it will have if it is new. */
type Of = { readonly collection: Collection; readonly id: ItemId };

/** How far ahead of the site's today the date of an item may lie: tomorrow's news is typed today, next year's is not. */
const MAX_DAYS_AHEAD = 7;

/**
 * What is wrong with a content beyond its schema: a date too far ahead, a decision that replaces what it can't. Judged as
 * it was sent, so that these faults stand beside all others.
 * @param at pointer of the content
 * @param isEarlier whether an id is given to an item before this one in the same call
 */
export const contentFaults = (
  context: CallContext,
  site: Site,
  of: Of,
  content: unknown,
  at: string,
  isEarlier: (id: ItemId) => boolean = () => false,
): readonly Fault[] => [
  ...aheadFaults(context, site, of, content, at),
  ...replacesFaults(context, of, content, at, isEarlier),
];

/** What was published with a date far ahead is not refused when the rest is edited. */
function aheadFaults(
  context: CallContext,
  site: Site,
  { collection, id }: Of,
  content: unknown,
  at: string,
): readonly Fault[] {
  const date = dateIn(content);
  const today = todayOf(context, site);
  const last = addDays(today, MAX_DAYS_AHEAD);
  if (date === null || date <= last || date === dateIn(context.rows.item(collection, id)?.content)) return [];
  const detail = `must be at most ${MAX_DAYS_AHEAD} days after the site's today, ${today}`;
  return [{ pointer: `${at}/date`, detail }];
}

function dateIn(content: unknown) {
  const { date } = Object(content) as { readonly date?: unknown };
  return typeof date === 'string' ? parseCivilDate(date) : null;
}

/**
 * Validates `replaces` of a decision: the target exists (a withdrawn one too, so that what was published can still be
 * edited), is another decision, and does not replace this one, directly or through others. To be replaced ends a
 * decision, so an agency names its own decisions only; the operator, who gathers from all, may name any, and what the
 * operator named is not refused when the rest is edited. The schema refuses what is no item id.
 */
function replacesFaults(
  context: CallContext,
  of: Of,
  content: unknown,
  at: string,
  isEarlier: (id: ItemId) => boolean,
): readonly Fault[] {
  if (of.collection !== 'decisions') return [];
  const { replaces } = Object(content) as { readonly replaces?: unknown };
  const id = typeof replaces === 'string' ? parseItemId(replaces) : null;
  if (id === null) return [];
  const fault = (detail: string) => [{ pointer: `${at}/replaces`, detail }];
  if (id === of.id) return fault('must be another decision');
  if (isEarlier(id)) return [];
  const target = context.rows.item('decisions', id);
  if (!target) return fault(`there is no decision ${id}`);
  const { caller } = context;
  const isOwn = caller.role === 'operator' || target.agency === caller.agency;
  if (!isOwn && replacedBy(context.rows.item('decisions', of.id)) !== id)
    return fault(`decision ${id} is of another agency, ${target.agency}`);
  return replacesInTurn(context, target, of.id) ? fault(`decision ${id} itself replaces ${of.id}`) : [];
}

/** The id of the decision that one replaces. */
const replacedBy = (decision: Item<'decisions'> | undefined): ItemId | undefined =>
  decision?.content?.replaces;

/** Follows the `replaces` chain from a decision to another. Ends, because circles are refused on write. */
function replacesInTurn(context: CallContext, decision: Item<'decisions'>, other: ItemId): boolean {
  let next: Item<'decisions'> | undefined = decision;
  while (next) {
    const id: ItemId | undefined = replacedBy(next);
    if (id === other) return true;
    next = id === undefined ? undefined : context.rows.item('decisions', id);
  }
  return false;
}
