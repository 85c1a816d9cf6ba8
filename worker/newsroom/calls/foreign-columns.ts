import type { FiguresFile } from '../../model/figures-file/read-figures-file.ts';
import { type Note, noteOf } from '../../model/messages.ts';
import { ok, type Result, refuse } from '../../model/problem.ts';
import { type MetricId, metricOf, type Site } from '../../model/site.ts';
import { coversMetric } from '../../model/staff/scope.ts';
import { metricScopeProblem } from './access-problem.ts';
import { type CallContext, forbidden } from './context.ts';

/**
 * Refuses a file with columns that the caller may not report. A file of an agency may have columns of others if they
 * hold what the site has, as the site's own file does: a note says so.
 *
 * The operator may import figures of all agencies, because a correction names the agency that reports the metric. A
 * file that the operator imports in the name of an agency must have a column of that agency.
 * @param differing the metrics of which the file changes a figure
 */
export function foreignColumns(
  { caller }: CallContext,
  site: Site,
  file: FiguresFile,
  differing: ReadonlySet<MetricId>,
): Result<readonly Note[]> {
  const { role, agency, scope, isNamed } = caller;
  if (role === 'operator' && !isNamed) return ok([]);
  const ids = file.columns.map(({ metric }) => metric);
  const owners = ids.map((id) => metricOf(site, id)?.agencies ?? []);
  const reported = ids.filter((id) => metricOf(site, id)?.kind !== 'total');
  const own = ids.filter(
    (id, i) => owners[i]?.some((owner) => owner === agency) && coversMetric(scope, site, id),
  );
  if (ids.length === 0) return ok([]);
  const all = [...new Set(owners.flat())].join(', ');
  const refusal = (metrics: readonly MetricId[], owners: string) => {
    // The agency reports all of them, and its key does not: who reports them is not what is wrong.
    const isOwn = (id: MetricId) => metricOf(site, id)?.agencies?.some((owner) => owner === agency);
    const lacking = metrics.every(isOwn) ? metrics.find((id) => !coversMetric(scope, site, id)) : undefined;
    const lacks = lacking === undefined ? null : metricScopeProblem(caller, site, lacking);
    if (lacks) return refuse(lacks);
    const params = { columns: metrics.join(', '), owners, agency: agency ?? '' };
    return refuse(
      scope && !scope.includes('figures')
        ? forbidden('columns-out-of-scope', { ...params, scope: scope.join(', ') })
        : forbidden('columns-of-others', params),
    );
  };
  if (own.length === 0 && all === '')
    return refuse(forbidden('columns-of-totals', { columns: ids.join(', '), agency: agency ?? '' }));
  if (own.length === 0) return refusal(reported.length > 0 ? reported : ids, all);
  const foreign = reported.filter((id) => !own.includes(id));
  if (role === 'operator' || foreign.length === 0) return ok([]);
  const changed = foreign.filter((id) => differing.has(id));
  if (changed.length === 0) return ok([noteOf('columns-foreign', { columns: foreign.join(', ') })]);
  const others = [...new Set(changed.flatMap((id) => metricOf(site, id)?.agencies ?? []))].join(', ');
  return refusal(changed, others);
}
