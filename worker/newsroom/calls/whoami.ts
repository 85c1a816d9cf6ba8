import { ok, type Result } from '../../model/problem.ts';
import { RIGHTS } from '../../model/rights.ts';
import { agencyOf } from '../../model/site.ts';
import { rightsWithin } from '../../model/staff/scope.ts';
import type { CallContext, ReadResult } from './context.ts';
import { reportable } from './figures.ts';

/**
 * `GET whoami`: whose key this is, what it may publish besides figures, the metrics that it may report, its scope if it has one, and when it expires if
 * it does. The agency is an empty text before the first settings.
 */
export function whoami({ caller, rows }: CallContext): Result<ReadResult> {
  const { key, role, agency, scope, expires } = caller;
  const site = rows.site()?.site;
  const may = (role === 'publisher' && site && agencyOf(site, agency ?? '')?.may) || RIGHTS;
  return ok({
    body: {
      key,
      role,
      agency: agency ?? '',
      may: rightsWithin(may, scope),
      metrics: site ? reportable(caller, site) : [],
      ...(scope === null ? {} : { scope }),
      ...(expires === null ? {} : { expires }),
    },
  });
}
