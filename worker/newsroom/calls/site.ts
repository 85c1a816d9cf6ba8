import type { Json } from '../../model/json.ts';
import { canonicalJson } from '../../model/ledger.ts';
import { homePaths } from '../../model/path.ts';
import { type Fault, invalid, ok, type Result, refuse } from '../../model/problem.ts';
import { agencyOf, metricOf, type Site } from '../../model/site.ts';
import { siteSchema } from '../../model/site-schema.ts';
import type { StaffRoute } from '../../model/staff/request.ts';
import { parseWith } from '../../model/validation/parse.ts';
import { type CallContext, type Effect, type ReadResult, unknownId, type WriteRequest } from './context.ts';
import { preconditionFailure } from './precondition.ts';

/** `PUT site`: the settings, agencies and metrics, whole. What figures or items stand on can't be taken out. */
export function putSite(
  context: CallContext,
  _: StaffRoute<'put-site'>,
  { body, ifMatch }: WriteRequest,
): Result<Effect> {
  const parsed = parseWith(siteSchema(body), body);
  if (!parsed.ok) return parsed;
  const site = parsed.value;
  const known = context.rows.site();
  const faults = known ? lossFaults(context, known.site, site) : [];
  if (faults.length > 0) return invalid(faults);
  const version = known?.version ?? 0;
  const failure = preconditionFailure(ifMatch, version);
  if (failure) return refuse(failure);
  const changed = changedSettings(known?.site ?? null, site);
  const outcome = { status: 200, id: 'site', changed, url: homePaths(site) } as const;
  if (changed.length === 0) return ok({ kind: 'unchanged', outcome: { ...outcome, version } });
  return ok({
    kind: 'change',
    change: { kind: 'site', payload: { site } },
    agency: context.caller.agency ?? site.operator,
    reason: undefined,
    outcome: () => ({ ...outcome, version: version + 1 }),
  });
}

/** `GET site`: the object of `site.json`, as the Newsroom has it now. */
export function getSite(context: CallContext): Result<ReadResult> {
  const known = context.rows.site();
  return known
    ? ok({ body: known.site as unknown as Json, version: known.version })
    : unknownId('the site has no settings yet');
}

function changedSettings(was: Site | null, now: Site): readonly string[] {
  const [before, after]: readonly { readonly [setting: string]: unknown }[] = [{ ...was }, { ...now }];
  return [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(
    (setting) => canonicalJson(before?.[setting] ?? null) !== canonicalJson(after?.[setting] ?? null),
  );
}

/** What new settings would leave without ground: figures of metrics, items of agencies, days before the first. */
function lossFaults(context: CallContext, was: Site, now: Site): readonly Fault[] {
  const faults: Fault[] = [];
  const used = new Set<string>();
  let first: string | null = null;
  for (const [date, day] of context.rows.days()) {
    for (const id of Object.keys(day.cells)) used.add(id);
    first ??= date;
  }
  for (const id of used) {
    const [before, after] = [metricOf(was, id), metricOf(now, id)];
    if (!after) faults.push({ pointer: '#/metrics', detail: `${id} has figures and can't be taken out` });
    else if (before && after.kind !== before.kind)
      faults.push({ pointer: '#/metrics', detail: `${id} has figures and must stay of kind ${before.kind}` });
  }
  for (const agency of context.rows.itemAgencies())
    if (!agencyOf(now, agency))
      faults.push({ pointer: '#/agencies', detail: `${agency} has published items and can't be taken out` });
  if (first && first < now.firstDate)
    faults.push({ pointer: '#/firstDate', detail: `figures were reported from ${first} on` });
  return faults;
}
