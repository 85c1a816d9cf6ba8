import type { Collection, Item, ItemId } from '../../model/collections/content.ts';
import { parseItemId } from '../../model/collections/content.ts';
import type { Fault } from '../../model/problem.ts';
import type { Desk } from './desk.ts';

/** The item whose content is judged: its collection and id, the one it will have if it is new. */
type Of = { readonly collection: Collection; readonly id: ItemId };

/**
 * What is wrong with the decision that a decision says it takes the place of: it must be there, withdrawn or not (so
 * that what was published can still be edited), be another one, and not stand in this one's place itself. An agency
 * names its own only, because to be replaced puts a decision out of force; the operator, who gathers, may say so of
 * any, and what was said so is not refused when the rest is edited. What is not the id of an item is the schema's to
 * refuse. Judged as it was sent, so that it is named beside all other faults.
 * @param at pointer of the content
 * @param isEarlier whether an id is given to an item before this one in the same call
 */
export function replacesFaults(
  desk: Desk,
  of: Of,
  content: unknown,
  at: string,
  isEarlier: (id: ItemId) => boolean = () => false,
): readonly Fault[] {
  if (of.collection !== 'decisions') return [];
  const { replaces } = Object(content) as { readonly replaces?: unknown };
  const id = typeof replaces === 'string' ? parseItemId(replaces) : null;
  if (id === null) return [];
  const fault = (detail: string) => [{ pointer: `${at}/replaces`, detail }];
  if (id === of.id) return fault('must be another decision');
  if (isEarlier(id)) return [];
  const named = desk.rows.item('decisions', id);
  if (!named) return fault(`there is no decision ${id}`);
  const mine = desk.caller.role === 'operator' || named.agency === desk.caller.agency;
  if (!mine && replacedIn(desk.rows.item('decisions', of.id)) !== id)
    return fault(`decision ${id} is of another agency, ${named.agency}`);
  return standsInPlaceOf(desk, named, of.id) ? fault(`decision ${id} itself replaces ${of.id}`) : [];
}

const replacedIn = (decision: Item | undefined): ItemId | undefined =>
  decision?.content && 'replaces' in decision.content ? decision.content.replaces : undefined;

/** Whether a decision replaces another, be it by those between. No circle was ever let in, so this ends. */
function standsInPlaceOf(desk: Desk, decision: Item, other: ItemId): boolean {
  for (let at: Item | undefined = decision; at; ) {
    const id: ItemId | undefined = replacedIn(at);
    if (id === other) return true;
    at = id === undefined ? undefined : desk.rows.item('decisions', id);
  }
  return false;
}
