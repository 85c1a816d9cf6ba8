import type { Content, ContentOf } from '../../model/collections/registry.ts';
import { type Collection, isAboutFigures } from '../../model/collections/registry.ts';
import type { Item, ItemId } from '../../model/item.ts';
import type { Note } from '../../model/plausibility/note.ts';
import { shiftNotes } from '../../model/plausibility/shift-notes.ts';
import type { Fault } from '../../model/problem.ts';
import { totalsOf } from '../../model/remarks.ts';
import type { Site } from '../../model/site.ts';
import type { CallContext } from './context.ts';
import { reasonFault } from './figures.ts';
import { publicRemarks } from './public-remarks.ts';
import { isSameShift } from './remark-faults.ts';

/** An item as a call leaves it. `content` is null if the call withdraws it. */
type Changed = { readonly id: ItemId; readonly content: Content | null };

/**
 * The doubts about remarks of a call that move totals far, without those that it confirms. None before the site is open, as
 * for figures.
 */
export function shiftDoubts(
  context: CallContext,
  site: Site,
  collection: Collection,
  items: readonly Changed[],
  { confirm = [] }: { readonly confirm?: readonly string[] | undefined },
): readonly Note[] {
  if (!site.open || !isAboutFigures(collection)) return [];
  const before = publicRemarks(context);
  const ids = new Set(items.map(({ id }) => id));
  const left = items.flatMap(({ id, content }) => (content && isRemark(content) ? [{ id, content }] : []));
  const replaced = before.filter(({ id }) => ids.has(id));
  if (![...left, ...replaced].some(({ content }) => isShift(content))) return [];
  const after = [...before.filter(({ id }) => !ids.has(id)), ...left];
  return shiftNotes(site, new Map(context.rows.days()), before, after).filter(
    ({ id }) => !confirm.includes(id),
  );
}

/** The fault of an edit without a reason that moves a total which was public. */
export function shiftReasonFaults(
  context: CallContext,
  site: Site,
  item: Item,
  content: Content,
  reason: string | undefined,
): readonly Fault[] {
  if (reason !== undefined || item.createdSeq > context.shown) return [];
  const [was, now] = [item.content, content];
  if (!was || !isRemark(was) || !isRemark(now) || isSameShift(was, now)) return [];
  const moved = [was, now].flatMap((one) => (isShift(one) ? totalsOf(site, one.metric) : []));
  const names = [...new Set(moved.map(({ id }) => id))];
  return names.length > 0 ? [reasonFault(names.map((id) => `${id} is moved by remark ${item.id}`))] : [];
}

const isShift = ({ amount, total }: ContentOf['remarks']): boolean =>
  amount !== undefined || total !== undefined;

const isRemark = (content: Content): content is ContentOf['remarks'] => 'metric' in content;
