import { type Cell, type Day, isCorrection, isErased, publicCell } from '../../model/bulletin.ts';
import { type CellValue, factsOf, numberOf, rowOf } from '../../model/cell-facts.ts';
import { type Cells, type Figures, numbersIn } from '../../model/change.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import { codedFault } from '../../model/coded-fault.ts';
import { entriesOf, keysOf } from '../../model/entries.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { canonicalJson } from '../../model/ledger.ts';
import { noteOf } from '../../model/messages.ts';
import { sectionPaths } from '../../model/path.ts';
import {
  type Fault,
  invalid,
  MAX_FAULTS,
  ok,
  type Problem,
  type Result,
  refuse,
} from '../../model/problem.ts';
import { type MetricId, metricOf, type Site } from '../../model/site.ts';
import { bodies } from '../../model/staff/bodies.ts';
import { cellWith } from '../../model/staff/cell-body.ts';
import { figureSchema } from '../../model/staff/figure.ts';
import type { StaffRoute } from '../../model/staff/request.ts';
import { coversMetric } from '../../model/staff/scope.ts';
import { parseWith, pointerToken } from '../../model/validation/parse.ts';
import { metricScopeProblem } from './access-problem.ts';
import {
  type CallContext,
  type Caller,
  type Effect,
  forbidden,
  type ReadResult,
  siteAndAgency,
  todayOf,
  unknownId,
  type WriteRequest,
} from './context.ts';
import { earlierNote, withoutEarlier } from './earlier-readings.ts';
import { factFaults } from './fact-faults.ts';
import { confirmationFaults, doubtOf, notesOf } from './figure-notes.ts';
import { LimitCheck } from './limit-check.ts';
import { preconditionFailure } from './precondition.ts';
import { shownChanges } from './shown-changes.ts';
import type { StoredDays } from './stored-days.ts';
import { totalsOutOfRange } from './total-limits.ts';

/** `PUT statistics/{date}`: sets the named figures of a day. */
export function putFigures(
  context: CallContext,
  { params: { date } }: StaffRoute<'put-figures'>,
  { body, ifMatch }: WriteRequest,
): Result<Effect> {
  const settings = siteAndAgency(context);
  if (!settings.ok) return settings;
  const { site, agency } = settings.value;
  const foreign = foreignMetric(context, site, isJsonObject(body) ? body.values : undefined);
  if (foreign) return refuse(foreign);

  const parsed = parseWith(bodies.figures(), body);
  const read = readValues(site, isJsonObject(body) && isJsonObject(body.values) ? body.values : {});
  const faults = [
    ...dateFaults(context, site, date),
    ...(parsed.ok || parsed.problem.kind !== 'invalid' ? [] : parsed.problem.errors),
    ...read.faults,
    ...factFaults(context, site, date, read.values),
    ...(parsed.ok ? confirmationFaults(parsed.value) : []),
  ];
  const reason = parsed.ok ? parsed.value.reason : undefined;
  const { changed, earlier } = withoutEarlier(
    context,
    date,
    faults.length > 0 ? {} : changedFigures(context, date, read.values),
  );
  const corrected = correctedFigures(context, date, changed);
  const needsReason = corrected.length > 0 && isJsonObject(body) && body.reason === undefined;
  const isDryRun = parsed.ok && parsed.value.dryRun === true;
  if (needsReason && !isDryRun) faults.push(reasonFault(corrected));
  for (const { flow, faultAt } of totalsOutOfRange(context, site, { [date]: changed }))
    faults.push(faultAt(`#/values/${flow}`));
  faults.push(...new LimitCheck(context, site).cellFaults(agency, date, changed, '#/values'));
  if (faults.length > 0)
    return invalid(
      faults,
      parsed.ok || parsed.problem.kind !== 'invalid' ? {} : { more: parsed.problem.more },
    );

  const version = context.rows.day(date)?.version ?? 0;
  const failure = preconditionFailure(ifMatch, version);
  if (failure) return refuse(failure);
  const url = sectionPaths(site, 'data');
  const names = Object.keys(changed);
  const doubts = notesOf(
    context,
    site,
    { [date]: newNumbers(context, date, changed) },
    parsed.ok ? parsed.value : {},
  );
  const isNothing = names.length + keysOf(earlier).length === 0;
  const kept = keysOf(earlier).length > 0 ? [earlierNote(date, earlier)] : [];
  const notes = [
    ...(isNothing ? [noteOf('nothing-changes')] : []),
    ...kept,
    ...(needsReason ? [noteOf('reason-needed', { count: corrected.length })] : []),
    ...doubts,
  ];
  if (isNothing || isDryRun) {
    const shown = isDryRun ? { dryRun: true, ...shownChanges(context, site, { [date]: changed }) } : {};
    return ok({
      kind: 'unchanged',
      outcome: { status: 200, id: date, version, changed: [], url, more: { ...shown, notes } },
    });
  }
  const doubt = doubtOf(doubts);
  if (doubt) return refuse(doubt);
  return ok({
    kind: 'change',
    change: { kind: 'figures', payload: { days: { [date]: { ...changed, ...earlier } } } },
    agency,
    reason,
    outcome: () => ({
      status: 200,
      id: date,
      version: version + 1,
      changed: names,
      url,
      ...(kept.length > 0 ? { more: { notes: kept } } : {}),
    }),
  });
}

/** `GET statistics/{date}`: a day, from the current rows; 404 for a date that can have no figures. */
export function getFigures(
  context: CallContext,
  { params: { date } }: StaffRoute<'get-figures'>,
): Result<ReadResult> {
  const settings = siteAndAgency(context);
  if (!settings.ok) return settings;
  const { site } = settings.value;
  if (dateFaults(context, site, date).length > 0) return unknownId('date-without-figures', { date });
  const body = dayForm(site, date, context.rows.day(date));
  return ok({ body, version: body.version });
}

/** A day as answers show it: the figures of all metrics that are entered, null for one that is not reported. */
export function dayForm(site: Site, date: CivilDate, day: Day | undefined) {
  const values = Object.fromEntries(
    site.metrics
      .filter((metric) => metric.kind !== 'total')
      .map((metric) => [metric.id, day?.cells[metric.id]?.[0] ?? null]),
  );
  const facts = Object.fromEntries(
    site.metrics.flatMap(({ id }) => {
      const cell = day?.cells[id];
      return cell?.[3] && !isErased(cell) ? [[id, cell[3]]] : [];
    }),
  );
  // A day that was never reported has version 0: of several writers that send `If-Match: "0"`, only the first succeeds.
  const more = Object.keys(facts).length > 0 ? { facts } : {};
  return { id: date, version: day?.version ?? 0, values, ...more };
}

/** The metrics that a caller may report: of its agency, none if its key may only read or publish. The operator may all. */
export const reportable = ({ role, agency, scope, isNamed }: Caller, site: Site): readonly MetricId[] =>
  site.metrics.flatMap(({ id, kind, agencies }) => {
    const isOwn = agencies?.some((owner) => owner === agency) || (role === 'operator' && !isNamed);
    return kind !== 'total' && isOwn && coversMetric(scope, site, id) ? id : [];
  });

/** The faults of a date for figures: before the site's first date, or after its today. */
export function dateFaults(context: CallContext, site: Site, date: CivilDate): Fault[] {
  const today = todayOf(context, site);
  if (date < site.firstDate) return [codedFault('#', 'date-before-first', { date, first: site.firstDate })];
  if (date > today) return [codedFault('#', 'date-after-today', { date, today })];
  return [];
}

/** The fault of a change that needs a reason. `corrected`: the public figures that it changes, in words. */
export const reasonFault = (corrected: readonly string[]): Fault =>
  codedFault('#/reason', 'reason-required', {
    count: corrected.length,
    figures: `${corrected.slice(0, 10).join(', ')}${corrected.length > 10 ? `, and ${corrected.length - 10} more` : ''}`,
  });

/** The figures that differ from the stored figures of a day. */
export function changedFigures(context: StoredDays, date: CivilDate, values: Cells): Cells {
  const cells = context.rows.day(date)?.cells;
  return Object.fromEntries(
    entriesOf(values)
      .map(([metric, value]) => [metric, plainForm(value)] as const)
      .filter(([metric, value]) => isChange(cells?.[metric], value, isPlain(values[metric]))),
  );
}

const isPlain = (value: CellValue | undefined): boolean => typeof value !== 'object' || value === null;

/** A value without facts as the number alone. Adding 0 turns -0 into 0. */
function plainForm(value: CellValue): CellValue {
  const [number, facts] = [numberOf(value), factsOf(value)];
  const sent = number === null ? null : number + 0;
  return facts ? { value: sent, ...facts } : sent;
}

/**
 * Whether a figure differs from the stored one. A number alone says nothing about what else is known: what is known of the
 * same number stays.
 */
export function isChange(stored: Cell | undefined, value: CellValue, isAlone = isPlain(value)): boolean {
  if ((stored?.[0] ?? null) !== numberOf(value)) return true;
  if (isAlone) return false;
  const known = stored && !isErased(stored) ? stored[3] : undefined;
  return canonicalJson(known ?? null) !== canonicalJson(factsOf(value) ?? null);
}

/** The numbers of changed figures, but of those of which only what else is known changes. */
export function newNumbers(context: StoredDays, date: CivilDate, changed: Cells): Figures {
  const cells = context.rows.day(date)?.cells;
  return Object.fromEntries(
    entriesOf(numbersIn(changed)).filter(([metric, number]) => (cells?.[metric]?.[0] ?? null) !== number),
  );
}

/** The changed figures that were public before, each described in words. */
export function correctedFigures(context: StoredDays, date: CivilDate, changed: Cells): string[] {
  const cells = context.rows.day(date)?.cells;
  return entriesOf(changed).flatMap(([metric, value]) => {
    const cell = publicCell(cells?.[metric], context.shown);
    if (!isCorrection(cell, rowOf(value, 0), context.shown)) return [];
    return [
      `${metric} of ${date} ${cell[0] === null ? 'was public, and is not reported now' : `is ${cell[0]}`}`,
    ];
  });
}

function foreignMetric(context: CallContext, site: Site, values: Json | undefined): Problem | null {
  if (!isJsonObject(values)) return null;
  const { agency } = context.caller;
  for (const id of Object.keys(values)) {
    const metric = metricOf(site, id);
    if (!metric || metric.kind === 'total') continue;
    if (metric.agencies.some((owner) => owner === agency)) {
      const problem = metricScopeProblem(context.caller, site, id);
      if (problem) return problem;
      continue;
    }
    const owners = metric.agencies.join(', ');
    return forbidden('metric-foreign', { metric: id, owners, agency: agency ?? '' });
  }
  return null;
}

/** The figures of a body that the site can take, and the faults of the others. */
function readValues(
  site: Site,
  values: JsonObject,
): { readonly values: Cells; readonly faults: readonly Fault[] } {
  const read: Record<MetricId, CellValue> = {};
  const faults: Fault[] = [];
  for (const [id, value] of Object.entries(values)) {
    if (faults.length > MAX_FAULTS) break;
    const pointer = `#/values/${pointerToken(id)}`;
    const metric = metricOf(site, id);
    if (!metric) faults.push(codedFault(pointer, 'metric-unknown'));
    else if (metric.kind === 'total') faults.push(codedFault(pointer, 'metric-derived', { of: metric.of }));
    else if (metric.kind === 'flow' && !metric.negative && isNegative(value))
      faults.push(codedFault(isJsonObject(value) ? `${pointer}/value` : pointer, 'value-negative'));
    else {
      const number = figureSchema(metric);
      const parsed = isJsonObject(value)
        ? parseWith(cellWith(number, site), value, pointer)
        : parseWith(number, value, pointer);
      if (parsed.ok) read[metric.id] = parsed.value;
      else if (parsed.problem.kind === 'invalid') faults.push(...parsed.problem.errors);
    }
  }
  return { values: read, faults };
}

function isNegative(value: Json): boolean {
  const number = isJsonObject(value) ? value.value : value;
  return typeof number === 'number' && number < 0;
}
