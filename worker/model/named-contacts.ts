import { coded } from './coded.ts';
import type { ContentOf } from './collections/registry.ts';
import type { Item } from './item.ts';
import type { Coded } from './messages.ts';
import { agencyOf, type Site } from './site.ts';

/**
 * The kinds of contacts that have a place of their own: the hotline in the masthead and on every page that names a
 * number to call, the fund in its block of the home page. Each kind is also a setting, by which the operator chooses
 * the contact for the place, and a right, without which an agency's contact gets there only if it is chosen.
 */
export const NAMED_KINDS = ['hotline', 'fund'] as const;
export type NamedKind = (typeof NAMED_KINDS)[number];

type Contact = {
  readonly id: string;
  readonly agency: string;
  readonly content: ContentOf['contacts'];
};

/** The settings that decide which contacts stand in the places. */
type Choice = Pick<Site, 'agencies' | 'operator' | NamedKind>;

/**
 * The contacts that may stand in the place of a kind, in the order of the given ones. If the settings choose a contact
 * and readers can see it, only that one. Otherwise those of the operating agency and of agencies with the right.
 * @param contacts the contacts that readers can see, in the order of their list
 */
export function namedContacts<C extends Contact>(
  site: Choice,
  kind: NamedKind,
  contacts: readonly C[],
): readonly C[] {
  const fitting = contacts.filter(({ id, content }) => unfitProblem(kind, id, content) === null);
  const chosen = fitting.filter(({ id }) => id === site[kind]);
  return chosen.length > 0 ? chosen : fitting.filter(({ agency }) => mayName(site, agency, kind));
}

/** Why the contact that the settings choose for a place can't stand there; null if it can. Undefined is no contact. */
export function choiceProblem(
  kind: NamedKind,
  id: string,
  contact: Item<'contacts'> | undefined,
): Coded | null {
  if (contact?.withdrawal) return coded('contact-withdrawn', { id, at: contact.withdrawal.at });
  // What is erased was withdrawn before.
  return contact?.content ? unfitProblem(kind, id, contact.content) : coded('contact-unknown', { id });
}

/** Why a contact can't stand in the place of a kind; null if it can. */
export function unfitProblem(kind: NamedKind, id: string, content: ContentOf['contacts']): Coded | null {
  if (content.kind !== kind) return coded('contact-kind', { id, kind: content.kind });
  return kind === 'hotline' && content.phone === undefined ? coded('contact-without-phone', { id }) : null;
}

function mayName(site: Choice, id: string, kind: NamedKind): boolean {
  const { may } = agencyOf(site, id) ?? {};
  return id === site.operator || may === undefined || may.includes(kind);
}
