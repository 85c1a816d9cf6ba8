import type { Json } from '../../model/json.ts';
import { canonicalJson } from '../../model/ledger.ts';
import { type Fault, invalid, ok, type Result, refuse } from '../../model/problem.ts';
import { agencyOf, metricOf, type Site, siteSchema } from '../../model/site.ts';
import { parseWith } from '../../model/validation/parse.ts';
import { type Decision, type Desk, operatorOnly, type Reading, unknownId } from './desk.ts';
import { preconditionFailure } from './precondition.ts';

/** `PUT site`: the settings, agencies and metrics, whole. What figures or items stand on can't be taken out. */
export function putSite(desk: Desk, body: Json, ifMatch: string | null): Result<Decision> {
  const problem = operatorOnly(desk);
  if (problem) return refuse(problem);
  const parsed = parseWith(siteSchema(body), body);
  if (!parsed.ok) return parsed;
  const site = parsed.value;
  const known = desk.rows.site();
  const faults = known ? lossFaults(desk, known.site, site) : [];
  if (faults.length > 0) return invalid(faults);
  const version = known?.version ?? 0;
  const failure = preconditionFailure(ifMatch, version);
  if (failure) return refuse(failure);
  if (known && canonicalJson(known.site) === canonicalJson(site))
    return ok({ kind: 'unchanged', outcome: { status: 200, id: 'site', version } });
  return ok({
    kind: 'change',
    change: { kind: 'site', payload: { site } },
    agency: desk.caller.agency === '' ? site.operator : desk.caller.agency,
    reason: undefined,
    outcome: () => ({ status: 200, id: 'site', version: version + 1 }),
  });
}

/** `GET site`: the object of `site.json`, as the Newsroom has it now. */
export function getSite(desk: Desk): Result<Reading> {
  const known = desk.rows.site();
  return known
    ? ok({ body: known.site as unknown as Json, version: known.version })
    : unknownId('the site has no settings yet');
}

/** What new settings would leave without ground: figures of metrics, items of agencies, days before the first. */
function lossFaults(desk: Desk, was: Site, now: Site): readonly Fault[] {
  const faults: Fault[] = [];
  const used = new Set<string>();
  let first: string | null = null;
  for (const [date, day] of desk.rows.days()) {
    for (const id of Object.keys(day.cells)) used.add(id);
    first ??= date;
  }
  for (const id of used) {
    const [before, after] = [metricOf(was, id), metricOf(now, id)];
    if (!after) faults.push({ pointer: '#/metrics', detail: `${id} has figures and can't be taken out` });
    else if (before && after.kind !== before.kind)
      faults.push({ pointer: '#/metrics', detail: `${id} has figures and must stay of kind ${before.kind}` });
  }
  for (const agency of desk.rows.itemAgencies())
    if (!agencyOf(now, agency))
      faults.push({ pointer: '#/agencies', detail: `${agency} has published items and can't be taken out` });
  if (first && first < now.firstDate)
    faults.push({ pointer: '#/firstDate', detail: `figures were reported from ${first} on` });
  return faults;
}
