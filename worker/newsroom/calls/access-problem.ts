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
  if (needs === 'operator') return forbidden('operator-only');
  if (scope === null) return null;
  const wanted = 'collection' in route.params ? scopeOf(route.params.collection) : 'figures';
  const isWithin = wanted === 'figures' ? hasFigures(scope) : scope.includes(wanted);
  if (isWithin || (does === 'reads' && scope.includes('read'))) return null;
  const lacks = does === 'reads' ? `${wanted}, read` : wanted;
  return forbidden('scope-lacks', { scope: scope.join(', '), lacks });
}

/** Refuses to report a metric that the scope of the caller's key does not name; null if it does. */
export const metricScopeProblem = ({ scope }: Caller, site: Site, metric: string): Problem | null =>
  coversMetric(scope, site, metric)
    ? null
    : forbidden('scope-lacks-metric', { scope: scope?.join(', ') ?? '', metric });
