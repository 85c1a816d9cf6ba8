import { COLLECTIONS, type Collection, isCollection } from '../collections/registry.ts';
import type { Right } from '../rights.ts';

/**
 * What a staff key may be limited to. `figures` and a collection: to read and write these. `read`: to read all that an
 * agency's key may read. A key without a scope may do all that its agency may.
 */
export const SCOPES = ['read', 'figures', ...COLLECTIONS] as const;
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
  scope === null ? rights : rights.filter((right) => scope.includes(collectionOf(right)));

const collectionOf = (right: Right): Collection => (isCollection(right) ? right : USED_IN[right]);
