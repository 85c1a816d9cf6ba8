import * as v from 'valibot';
import type { Figures } from '../../model/change.ts';
import { type CivilDate, parseCivilDate } from '../../model/civil-date.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import { type Fault, invalid, ok, type Problem, type Result, refuse } from '../../model/problem.ts';
import { type MetricId, metricOf, type Site } from '../../model/site.ts';
import { exactObject, plainObject } from '../../model/validation/exact-object.ts';
import { parseWith, pointerToken } from '../../model/validation/parse.ts';
import { type Decision, type Desk, forbidden, type Reading, siteOf, todayOf, unknownId } from './desk.ts';
import { preconditionFailure } from './precondition.ts';
import { optionalReason } from './reason.ts';

/** No day's count of anything is larger, and sums of it over many years stay whole numbers (below 2^53). */
export const MAX_FIGURE = 1_000_000_000_000;

/** Schema of a figure as it is entered: a whole number from 0, or null for "not reported". `-0` is 0. */
const figure = v.nullable(
  v.pipe(
    v.number('must be a whole number from 0, or null'),
    v.safeInteger('must be a whole number from 0, or null'),
    v.minValue(0, 'must not be negative'),
    v.maxValue(MAX_FIGURE, `must be at most ${MAX_FIGURE}`),
    v.transform((n) => n + 0),
  ),
);

/** `PUT statistics/{date}`: sets the named figures of a day. */
export function putFigures(
  desk: Desk,
  dateText: string,
  body: Json,
  ifMatch: string | null,
): Result<Decision> {
  const date = parseCivilDate(dateText);
  if (!date) return unknownId(`${dateText} is not a date`);
  const known = siteOf(desk);
  if (!known.ok) return known;
  const site = known.value;
  const foreign = foreignMetric(desk, site, isJsonObject(body) ? body.values : undefined);
  if (foreign) return refuse(foreign);

  const schema = exactObject({
    values: plainObject,
    reason: optionalReason,
  });
  const parsed = parseWith(schema, body);
  const values = isJsonObject(body) && isJsonObject(body.values) ? body.values : {};
  const faults = [
    ...dateFaults(desk, site, date),
    ...(parsed.ok || parsed.problem.kind !== 'invalid' ? [] : parsed.problem.errors),
    ...valueFaults(site, values),
  ];
  const reason = parsed.ok ? parsed.value.reason : undefined;
  const changed = faults.length > 0 ? {} : changedFigures(desk, date, values as Figures);
  const corrected = correctedFigures(desk, date, changed);
  const given = isJsonObject(body) && body.reason !== undefined;
  if (corrected.length > 0 && !given)
    faults.push({
      pointer: '#/reason',
      detail: `is required to change what is public: ${corrected.join(', ')}`,
    });
  if (faults.length > 0) return invalid(faults);

  const version = desk.rows.day(date)?.version ?? 0;
  const failure = preconditionFailure(ifMatch, version);
  if (failure) return refuse(failure);
  if (Object.keys(changed).length === 0)
    return ok({ kind: 'unchanged', outcome: { status: 200, id: date, version } });
  return ok({
    kind: 'change',
    change: { kind: 'figures', payload: { days: { [date]: changed } } },
    agency: desk.caller.agency,
    reason,
    outcome: () => ({ status: 200, id: date, version: version + 1 }),
  });
}

/** `GET statistics/{date}`: a day as the Newsroom has it now; 404 outside the days that can have figures. */
export function getFigures(desk: Desk, dateText: string): Result<Reading> {
  const date = parseCivilDate(dateText);
  const known = siteOf(desk);
  if (!known.ok) return known;
  if (!date || dateFaults(desk, known.value, date).length > 0)
    return unknownId(`${dateText} is no day of this site`);
  const day = desk.rows.day(date);
  const values = Object.fromEntries(
    known.value.metrics
      .filter((metric) => metric.kind !== 'total')
      .map((metric) => [metric.id, day?.cells[metric.id]?.[0] ?? null]),
  );
  const version = day?.version ?? 0;
  // A day that was never reported has no version yet, but `If-Match: "0"` holds for it: only the first may write then.
  return ok({ body: { id: date, version, values }, version });
}

/** What is wrong with a date as one that figures are reported for. */
export function dateFaults(desk: Desk, site: Site, date: CivilDate): Fault[] {
  const today = todayOf(desk, site);
  if (date < site.firstDate)
    return [{ pointer: '#', detail: `the date ${date} is before the site's first, ${site.firstDate}` }];
  if (date > today) return [{ pointer: '#', detail: `the date ${date} is after the site's today, ${today}` }];
  return [];
}

/** The figures that differ from what stands on a day. */
export function changedFigures(desk: Desk, date: CivilDate, values: Figures): Figures {
  const cells = desk.rows.day(date)?.cells;
  return Object.fromEntries(
    Object.entries(values)
      .map(([metric, value]) => [metric, value === null ? null : value + 0] as const)
      .filter(([metric, value]) => (cells?.[metric as MetricId]?.[0] ?? null) !== value),
  );
}

/** The changed figures that were public before, in words. */
export function correctedFigures(desk: Desk, date: CivilDate, changed: Figures): string[] {
  const cells = desk.rows.day(date)?.cells;
  return Object.keys(changed).flatMap((metric) => {
    const was = cells?.[metric as MetricId]?.[0] ?? null;
    return was === null ? [] : [`${metric} of ${date} is ${was}`];
  });
}

function foreignMetric(desk: Desk, site: Site, values: Json | undefined): Problem | null {
  if (!isJsonObject(values)) return null;
  for (const id of Object.keys(values)) {
    const metric = metricOf(site, id);
    if (!metric || metric.kind === 'total') continue;
    if (metric.agencies.some((agency) => agency === desk.caller.agency)) continue;
    const owners = metric.agencies.join(', ');
    return forbidden(
      `the metric ${id} is reported by ${owners}, and this call is made for ${desk.caller.agency} (the operator names an agency in the header Nashra-Agency)`,
    );
  }
  return null;
}

function valueFaults(site: Site, values: { readonly [metric: string]: Json }): Fault[] {
  const entries = Object.entries(values);
  return entries.flatMap(([id, value]) => {
    const pointer = `#/values/${pointerToken(id)}`;
    const metric = metricOf(site, id);
    if (!metric) return [{ pointer, detail: 'is not a metric of this site' }];
    if (metric.kind === 'total')
      return [{ pointer, detail: `is derived from ${metric.of} and never entered` }];
    const parsed = parseWith(figure, value, pointer);
    return parsed.ok || parsed.problem.kind !== 'invalid' ? [] : parsed.problem.errors;
  });
}
