import type { CivilDate } from '../../model/civil-date.ts';
import { codedFault } from '../../model/coded-fault.ts';
import { hasDecimals, toUnits } from '../../model/decimal.ts';
import { choiceProblem, NAMED_KINDS } from '../../model/named-contacts.ts';
import { homePaths } from '../../model/path.ts';
import { type Fault, invalid, ok, type Result, refuse } from '../../model/problem.ts';
import { agencyOf, metricOf, parseCellKey, type Site } from '../../model/site.ts';
import { siteSchema } from '../../model/site-schema.ts';
import { figureFault, figureRange, MAX_FIGURE, type ReportedMetric } from '../../model/staff/figure.ts';
import type { StaffRoute } from '../../model/staff/request.ts';
import { KnownTexts } from '../../model/validation/known-texts.ts';
import { parseWith } from '../../model/validation/parse.ts';
import { changedFields } from './changed-fields.ts';
import { type CallContext, type Effect, type ReadResult, unknownId, type WriteRequest } from './context.ts';
import { preconditionFailure } from './precondition.ts';
import { publicRemarks } from './public-remarks.ts';
import { openingFaults } from './total-limits.ts';

/**
 * `PUT site`: replaces all settings, agencies and metrics. Metrics with figures and agencies with items can't be
 * removed.
 */
export function putSite(
  context: CallContext,
  _: StaffRoute<'put-site'>,
  { body, ifMatch }: WriteRequest,
): Result<Effect> {
  const stored = context.rows.site();
  const parsed = parseWith(siteSchema(body), body, '#', new KnownTexts(stored?.site));
  if (!parsed.ok) return parsed;
  const site = parsed.value;
  const faults = [
    ...choiceFaults(context, stored?.site ?? null, site),
    ...(stored ? inUseFaults(context, stored.site, site) : []),
    ...(stored ? openingFaults(context, stored.site, site) : []),
  ];
  if (faults.length > 0) return invalid(faults);
  const version = stored?.version ?? 0;
  const failure = preconditionFailure(ifMatch, version);
  if (failure) return refuse(failure);
  const changed = changedFields(stored?.site ?? null, site);
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

/** `GET site`: the same object as `site.json`, from the current rows. */
export function getSite(context: CallContext): Result<ReadResult> {
  const stored = context.rows.site();
  return stored ? ok({ body: stored.site, version: stored.version }) : unknownId('settings-unknown');
}

/**
 * The faults of new settings that choose a contact that can't stand in its place. A site that is not open yet may
 * choose one that does not exist yet; a choice that was good when it was made stays, whatever became of the contact.
 */
const choiceFaults = (context: CallContext, oldSite: Site | null, newSite: Site): readonly Fault[] =>
  NAMED_KINDS.flatMap((kind) => {
    const id = newSite[kind];
    if (id === undefined || !newSite.open || (oldSite?.open && oldSite[kind] === id)) return [];
    const problem = choiceProblem(kind, id, context.rows.item('contacts', id));
    return problem === null ? [] : [{ pointer: `#/${kind}`, ...problem }];
  });

/** The fault of a metric that no longer takes a figure that it has; null if it does. */
function narrownessFault(
  metric: ReportedMetric,
  date: CivilDate,
  value: number,
  place: string,
): Fault | null {
  const { decimals = 0 } = metric;
  const { min: least, max: most } = figureRange(metric);
  const figure = { metric: metric.id, date, value: String(value) };
  const fault = figureFault(metric, value);
  switch (fault) {
    case null:
      return null;
    case 'lower':
      return codedFault(place, 'metric-has-lower', { ...figure, least });
    case 'higher':
      return codedFault(place, 'metric-has-higher', { ...figure, most });
    case 'finer':
      return codedFault(place, 'metric-has-finer', { ...figure, decimals, least });
    default:
      return fault satisfies never;
  }
}

/** The faults of new settings that remove a metric with figures, an agency with items, or days with figures. */
function inUseFaults(context: CallContext, oldSite: Site, newSite: Site): readonly Fault[] {
  const faults: Fault[] = [];
  const used = new Set<string>();
  let firstReported: string | null = null;
  const narrowed = narrowedMetrics(oldSite, newSite);
  for (const [date, day] of context.rows.days()) {
    for (const id of Object.keys(day.cells)) used.add(id);
    for (const [metric, place] of narrowed) {
      const value = day.cells[metric.id]?.[0] ?? null;
      const fault = value === null ? null : narrownessFault(metric, date, value, place);
      if (fault === null) continue;
      narrowed.delete(metric); // its first figure says enough
      faults.push(fault);
    }
    firstReported ??= date;
  }
  faults.push(...remarkFaultsOf(context, narrowed, newSite));
  for (const key of used) {
    const id = parseCellKey(key)?.metric ?? key;
    const [old, next] = [metricOf(oldSite, id), metricOf(newSite, id)];
    if (!next) faults.push(codedFault('#/metrics', 'metric-in-use', { metric: id }));
    else if (old && next.kind !== old.kind)
      faults.push(codedFault('#/metrics', 'metric-kind-fixed', { metric: id, kind: old.kind }));
  }
  for (const agency of context.rows.itemAgencies())
    if (!agencyOf(newSite, agency)) faults.push(codedFault('#/agencies', 'agency-in-use', { agency }));
  if (firstReported && firstReported < newSite.firstDate)
    faults.push(codedFault('#/firstDate', 'first-date-in-use', { first: firstReported }));
  return faults;
}

/** The faults of new settings with which a public remark would say another amount, or change a total that it does not. */
function remarkFaultsOf(
  context: CallContext,
  narrowed: ReadonlyMap<ReportedMetric, string>,
  newSite: Site,
): readonly Fault[] {
  const narrowedIds = new Map(
    [...narrowed].map(([{ id, decimals = 0 }, place]) => [id, { decimals, place }]),
  );
  return publicRemarks(context).flatMap(({ id, content: { metric, amount, total } }) => {
    const about = metricOf(newSite, metric);
    const flow = about?.kind === 'total' ? about.of : metric;
    const change = narrowedIds.get(flow);
    const number = amount ?? total;
    if (change && number !== undefined && !fits(number, change.decimals))
      return [codedFault(change.place, 'remark-too-narrow', { id, value: String(number) })];
    const totals = newSite.metrics.filter((one) => one.kind === 'total' && one.of === metric);
    return total !== undefined && totals.length > 1
      ? [codedFault('#/metrics', 'remark-second-total', { id, metric })]
      : [];
  });
}

const fits = (number: number, decimals: number): boolean =>
  hasDecimals(number, decimals) && Math.abs(toUnits(number, decimals)) <= MAX_FIGURE;

/** The metrics that no longer take each figure that they took before, with the place of the fault in the settings. */
function narrowedMetrics(oldSite: Site, newSite: Site): Map<ReportedMetric, string> {
  const narrowed = new Map<ReportedMetric, string>();
  for (const [i, next] of newSite.metrics.entries()) {
    const old = metricOf(oldSite, next.id);
    if (next.kind === 'total' || !old || old.kind !== next.kind) continue;
    const [was, is] = [figureRange(old), figureRange(next)];
    const field =
      (next.decimals ?? 0) !== (old.decimals ?? 0)
        ? 'decimals'
        : is.max < was.max
          ? 'max'
          : is.min > was.min
            ? next.kind === 'flow'
              ? 'negative'
              : 'min'
            : null;
    if (field) narrowed.set(next, `#/metrics/${i}/${field}`);
  }
  return narrowed;
}
