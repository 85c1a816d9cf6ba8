import {
  type AboutFigures,
  COLLECTIONS,
  type Collection,
  isAboutFigures,
  isCollection,
} from '../collections/registry.ts';
import type { Right } from '../rights.ts';

const hasScope = (collection: Collection): collection is Exclude<Collection, AboutFigures> =>
  !isAboutFigures(collection);

/** The scope under which items of a collection are: its own, or that of the figures that they are about. */
export const scopeOf = (collection: Collection): Scope[number] =>
  hasScope(collection) ? collection : 'figures';

/**
 * What a staff key may be limited to. `figures`, with what is said about them, and a collection: to read and write these. `read`: to read all that an
 * agency's key may read. A key without a scope may do all that its agency may.
 */
export const SCOPES = ['read', 'figures', ...COLLECTIONS.filter(hasScope)] as const;
export type Scope = readonly (typeof SCOPES)[number][];

/** The collection in which each right that is not one is used. */
const USED_IN: { readonly [R in Exclude<Right, Collection>]: Collection } = {
  breaking: 'news',
  hotline: 'contacts',
  fund: 'contacts',
  'other-issuer': 'decisions',
};

/** The rights of an agency that a key with a scope can use; all if the scope is null. */
export const rightsWithin = (rights: readonly Right[], scope: Scope | null): readonly Right[] =>
  scope === null ? rights : rights.filter((right) => scope.includes(scopeOf(collectionOf(right))));

const collectionOf = (right: Right): Collection => (isCollection(right) ? right : USED_IN[right]);
