import {
  type AboutFigures,
  COLLECTIONS,
  type Collection,
  isAboutFigures,
  isCollection,
} from '../collections/registry.ts';
import type { Right } from '../rights.ts';
import type { Site } from '../site.ts';

const hasScope = (collection: Collection): collection is Exclude<Collection, AboutFigures> =>
  !isAboutFigures(collection);

/** The scope under which items of a collection are: its own, or that of the figures that they are about. */
export const scopeOf = (collection: Collection): Scope[number] =>
  hasScope(collection) ? collection : 'figures';

/**
 * What a staff key may be limited to. `figures`, with what is said about them, and a collection: to read and write
 * these. `read`: to read all that an agency's key may read. A key without a scope may do all that its agency may.
 */
export const SCOPES = ['read', 'figures', ...COLLECTIONS.filter(hasScope)] as const;
/** `figures:{metric}`: the figures of one metric, and what is said about it. */
type MetricScope = `figures:${string}`;
export type Scope = readonly ((typeof SCOPES)[number] | MetricScope)[];

/** The form of the scope of one metric. */
export const METRIC_SCOPE = /^figures:[a-z][a-z0-9_]{0,63}$/;

/** Parses a scope. Null if the text is none. */
export function parseScope(text: string): Scope[number] | null {
  const metric = METRIC_SCOPE.test(text) ? text.slice('figures:'.length) : null;
  return metric === null ? (SCOPES.find((scope) => scope === text) ?? null) : `figures:${metric}`;
}

/** The metrics that a scope names. */
export const metricsNamed = (scope: Scope): readonly string[] =>
  scope.flatMap((one) => (METRIC_SCOPE.test(one) ? [one.slice('figures:'.length)] : []));

/** Whether a scope is for figures, of all metrics or of some. */
export const hasFigures = (scope: Scope): boolean =>
  scope.includes('figures') || metricsNamed(scope).length > 0;

/** Whether a key with a scope may report a metric that its agency reports. A total counts as its flow. */
export function coversMetric(scope: Scope | null, site: Pick<Site, 'metrics'>, id: string): boolean {
  if (scope === null || scope.includes('figures')) return true;
  const metric = site.metrics.find((one) => one.id === id);
  return metricsNamed(scope).includes(metric?.kind === 'total' ? metric.of : id);
}

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
