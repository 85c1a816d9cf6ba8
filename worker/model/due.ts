import { type Bulletin, isErased, isPublic } from './bulletin.ts';
import { addDays, type CivilDate, civilDateAt, instantOf, weekdayOf } from './civil-date.ts';
import { type Instant, toInstant, toMs } from './instant.ts';
import type { MetricId, Site } from './site.ts';

/** A figure that was due, and when. */
export type Late = { readonly date: CivilDate; readonly dueAt: Instant };

type DueMetric = Extract<Site['metrics'][number], { kind: 'flow' | 'level' }>;
type Due = NonNullable<DueMetric['due']>;

/** The metrics of a site that say when they are due. */
export const dueMetrics = ({
  metrics,
}: Pick<Site, 'metrics'>): readonly (DueMetric & { readonly due: Due })[] =>
  metrics.flatMap((metric) =>
    metric.kind !== 'total' && metric.due ? [{ ...metric, due: metric.due }] : [],
  );

/** Whether a figure of a date is due. */
export const isDueOn = ({ weekdays, except = [] }: Due, date: CivilDate): boolean =>
  weekdays.includes(weekdayOf(date)) && !except.includes(date);

/** The instant at which the figure of a date is due. */
export const dueAt = ({ time }: Due, date: CivilDate, timeZone: string): Instant =>
  instantOf(date, time, timeZone);

/** The instant from which the figure of a date is late. */
const lateFrom = (due: Due, date: CivilDate, timeZone: string): Instant =>
  toInstant(toMs(dueAt(due, date, timeZone)) + due.graceMinutes * 60_000);

const MINUTES_A_DAY = 1_440;

/** How many days back the newest due day is looked for: holidays may follow each other. */
const MAX_BACK = 40;

/**
 * The metrics whose newest expected figure is late at an instant. A figure is there if its day, or a later one, has a
 * number, or if the agency says that there is none. What is paused is not expected, and nothing before the first figure of
 * a metric: nobody knows since when the settings have it.
 */
export function lateAt(bulletin: Bulletin, asOf: Instant): ReadonlyMap<MetricId, Late> {
  const { site, days } = bulletin;
  const today = civilDateAt(asOf, site.timeZone);
  const late = new Map<MetricId, Late>();
  for (const { id, due } of dueMetrics(site)) {
    for (let i = 0; i <= MAX_BACK; i++) {
      const date = addDays(today, -i);
      if (date < site.firstDate || isThere(days, id, date)) break;
      if (!isDueOn(due, date) || lateFrom(due, date, site.timeZone) > asOf || isPausedOn(bulletin, id, date))
        continue;
      if (!hasBegun(days, id, date)) break;
      late.set(id, { date, dueAt: dueAt(due, date, site.timeZone) });
      break;
    }
  }
  return late;
}

/** Whether a metric had a figure before a date, or its agency said that there is none. */
function hasBegun(days: Bulletin['days'], metric: MetricId, date: CivilDate): boolean {
  for (const day of days.keys()) if (day < date && isThere(days, metric, day)) return true;
  return false;
}

function isThere(days: Bulletin['days'], metric: MetricId, date: CivilDate): boolean {
  const cell = days.get(date)?.cells[metric];
  return cell !== undefined && (cell[0] !== null || isErased(cell) || cell[3] !== undefined);
}

/** Whether a metric is paused on a date, by what its agency says. */
export function isPausedOn({ items }: Bulletin, metric: MetricId, date: CivilDate): boolean {
  for (const item of items.remarks.values()) {
    if (!isPublic(item) || item.content.kind !== 'pause' || item.content.metric !== metric) continue;
    const { date: from, until } = item.content;
    if (from <= date && (until === undefined || date <= until)) return true;
  }
  return false;
}

/** The next instant at which each metric's figure becomes late if it does not come. */
export function nextLateInstants({ site }: Bulletin, asOf: Instant): readonly Instant[] {
  const today = civilDateAt(asOf, site.timeZone);
  return dueMetrics(site).flatMap(({ due }) => {
    // No figure of an earlier day becomes late from now on.
    for (let i = -1 - Math.ceil(due.graceMinutes / MINUTES_A_DAY); i <= MAX_BACK; i++) {
      const date = addDays(today, i);
      if (!isDueOn(due, date)) continue;
      const from = lateFrom(due, date, site.timeZone);
      if (from > asOf) return [from];
    }
    return [];
  });
}
