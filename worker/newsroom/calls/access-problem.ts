import type { Problem } from '../../model/problem.ts';
import type { Site } from '../../model/site.ts';
import { staffCall } from '../../model/staff/calls.ts';
import type { StaffRoute } from '../../model/staff/request.ts';
import { coversMetric, hasFigures, scopeOf } from '../../model/staff/scope.ts';
import { type Caller, forbidden } from './context.ts';

/** Refuses a call that the caller's role or the scope of its key does not allow; null if it is allowed. */
export function accessProblem(
  { role, scope }: Pick<Caller, 'role' | 'scope'>,
  route: StaffRoute,
): Problem | null {
  const { needs, does } = staffCall(route.kind);
  if (role === 'operator' || needs === 'key') return null;
  if (needs === 'operator') return forbidden('only the operator may do this');
  if (scope === null) return null;
  const wanted = 'collection' in route.params ? scopeOf(route.params.collection) : 'figures';
  const isWithin = wanted === 'figures' ? hasFigures(scope) : scope.includes(wanted);
  if (isWithin || (does === 'reads' && scope.includes('read'))) return null;
  const lacks = does === 'reads' ? `${wanted} or read` : wanted;
  return forbidden(
    `the scope of this key is ${scope.join(', ')}: it lacks ${lacks}. The operator issues keys with another scope (POST keys)`,
  );
}

/** Refuses to report metrics that the scope of the caller's key does not name; null if it names all. */
export function metricScopeProblem(
  { scope }: Caller,
  site: Site,
  ...metrics: readonly string[]
): Problem | null {
  const lacks = metrics.flatMap((metric) => (coversMetric(scope, site, metric) ? [] : `figures:${metric}`));
  return lacks.length === 0
    ? null
    : forbidden(`the scope of this key is ${scope?.join(', ')}: it lacks ${lacks.join(', ')}`);
}
