import { type AboutFigures, COLLECTIONS, type Collection, isAboutFigures } from './collections/registry.ts';
import { NAMED_KINDS } from './named-contacts.ts';
import type { Agency } from './site.ts';

const hasRight = (collection: Collection): collection is Exclude<Collection, AboutFigures> =>
  !isAboutFigures(collection);

/**
 * What an agency's key may publish besides the figures of the agency's metrics and remarks about them: items of a collection, an alert on
 * every page (`breaking`), a contact of a kind that has a place of its own (`hotline`, `fund`), a decision of another
 * issuer (`other-issuer`).
 */
export const RIGHTS = [...COLLECTIONS.filter(hasRight), 'breaking', ...NAMED_KINDS, 'other-issuer'] as const;
export type Right = (typeof RIGHTS)[number];

/** A content, checked or not. */
type Fields = { readonly [field: string]: unknown };

/** The rights that publishing a content takes. The content need not be valid. */
export function rightsFor(agency: Agency, collection: Collection, content: Fields): readonly Right[] {
  const rights: Right[] = hasRight(collection) ? [collection] : [];
  if (content.breaking !== undefined) rights.push('breaking');
  const named = NAMED_KINDS.find((kind) => kind === content.kind);
  if (collection === 'contacts' && named) rights.push(named);
  if (collection === 'decisions' && !isIssuer(agency, content.issuer)) rights.push('other-issuer');
  return rights;
}

/** Whether an agency is the issuer of a decision: the issuer is, in each of its languages, the agency's name. */
export const isIssuer = ({ name }: Agency, issuer: unknown): boolean =>
  typeof issuer === 'object' &&
  issuer !== null &&
  Object.entries(issuer).every(([language, text]) => text === name[language]);

/**
 * The rights that an agency lacks for a content. An agency whose settings name no rights has all. An agency may always
 * correct and withdraw what it has published: `old` is the content that an edit replaces. What took a right before
 * needs none now, if the alert ends no later than it did, or the issuer is the same.
 */
export function missingRights(
  agency: Agency,
  collection: Collection,
  content: Fields,
  old?: Fields,
): readonly Right[] {
  const { may } = agency;
  if (!may) return [];
  const had = old ? rightsFor(agency, collection, old).filter((right) => isSameUse(right, content, old)) : [];
  return rightsFor(agency, collection, content).filter(
    (right) => !may.includes(right) && !had.includes(right),
  );
}

/** Whether an edit uses a right for no more than the content before did. */
function isSameUse(right: Right, content: Fields, old: Fields): boolean {
  switch (right) {
    case 'breaking':
      return endOf(content) <= endOf(old);
    case 'other-issuer':
      return isSameText(content.issuer, old.issuer);
    default:
      return true;
  }
}

/** When an item stops to be breaking, in ms since 1970. What is not an instant is NaN, which the schema refuses. */
const endOf = ({ breaking }: Fields): number => Date.parse(String(Object(breaking).until));

/** Whether two texts in languages are the same. Neither is checked. */
function isSameText(a: unknown, b: unknown): boolean {
  const [one, other]: readonly Fields[] = [Object(a), Object(b)];
  const languages = [...Object.keys(one ?? {}), ...Object.keys(other ?? {})];
  return languages.every((language) => one?.[language] === other?.[language]);
}
