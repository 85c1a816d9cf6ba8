import { type AboutFigures, COLLECTIONS, type Collection, isAboutFigures } from './collections/registry.ts';
import type { Instant } from './instant.ts';
import { canonicalJson } from './ledger.ts';
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

/** An edit: the content that it replaces, and when it is made. */
type Edit = { readonly old: Fields; readonly now: Instant };

/**
 * The rights that an agency lacks for a content. An agency whose settings name no rights has all. Without a right, an
 * agency may still edit what it has published: see `isSameUse`. To withdraw it takes none.
 */
export function missingRights(
  agency: Agency,
  collection: Collection,
  content: Fields,
  edit?: Edit,
): readonly Right[] {
  const { may } = agency;
  if (!may) return [];
  const had = edit
    ? rightsFor(agency, collection, edit.old).filter((right) => isSameUse(right, content, edit))
    : [];
  return rightsFor(agency, collection, content).filter(
    (right) => !may.includes(right) && !had.includes(right),
  );
}

/**
 * Whether an edit uses a right for no more than the content before did. What an agency says in its own name it may
 * correct, but not date later, because that makes it news. What stands on every page, in a place of its own, or in the name of
 * another, says nothing else than before. An alert may end sooner, and one that has ended may be corrected.
 */
function isSameUse(right: Right, content: Fields, { old, now }: Edit): boolean {
  switch (right) {
    case 'breaking':
      return (
        endOf(content) <= endOf(old) &&
        (endOf(old) <= Date.parse(now) || isSame({ ...content, breaking: null }, { ...old, breaking: null }))
      );
    case 'hotline':
    case 'fund':
    case 'other-issuer':
      return isSame(content, old);
    default:
      return old.date === undefined || String(content.date) <= String(old.date);
  }
}

/** When an item stops to be breaking, in ms since 1970. What is not an instant is NaN, which the schema refuses. */
const endOf = ({ breaking }: Fields): number => Date.parse(String(Object(breaking).until));

/** Whether two contents are the same, whatever the order of their fields. Neither is checked. */
const isSame = (a: Fields, b: Fields): boolean => canonicalJson(a) === canonicalJson(b);
