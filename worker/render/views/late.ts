import { type Bulletin, isErased } from '../../model/bulletin.ts';
import { addDays, type CivilDate, civilDateAt } from '../../model/civil-date.ts';
import { dueAt, dueMetrics, isDueOn, lateFrom, MAX_DUE_DAYS } from '../../model/due.ts';
import type { Instant } from '../../model/instant.ts';
import type { Remark } from '../../model/remarks.ts';
import type { MetricId, Site } from '../../model/site.ts';
import { memoized, memoizedWith } from '../../platform/memoize.ts';
import { listedItems } from './listed-items.ts';

/** A figure that was due, and when. */
export type Late = { readonly date: CivilDate; readonly dueAt: Instant };

/**
 * The metrics whose newest expected figure is late at an instant. A figure is there if its day, or a later one, has a
 * number, or if the agency says that there is none. What is paused is not expected, and nothing before the first figure of
 * a metric: nobody knows since when the settings have it. Computed once for all documents of a publish: those of each
 * language ask.
 */
export const lateAt = (bulletin: Bulletin, asOf: Instant): ReadonlyMap<MetricId, Late> =>
  late(bulletin.days, bulletin.revisions.figures, bulletin.site, listedItems(bulletin, 'remarks'), asOf);

const late = memoizedWith(
  (days: Bulletin['days'], _revision: number, site: Site, remarks: readonly Remark[], asOf: Instant) => {
    const today = civilDateAt(asOf, site.timeZone);
    const late = new Map<MetricId, Late>();
    for (const { id, due } of dueMetrics(site)) {
      for (let i = 0; i <= MAX_DUE_DAYS; i++) {
        const date = addDays(today, -i);
        if (date < site.firstDate || isThere(days, id, date)) break;
        if (!isDueOn(due, date) || lateFrom(due, date, site.timeZone) > asOf || isPaused(remarks, id, date))
          continue;
        if (!hasBegun(days, id, date)) break;
        late.set(id, { date, dueAt: dueAt(due, date, site.timeZone) });
        break;
      }
    }
    return late;
  },
);

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
export const isPausedOn = (bulletin: Bulletin, metric: MetricId, date: CivilDate): boolean =>
  isPaused(listedItems(bulletin, 'remarks'), metric, date);

const isPaused = (remarks: readonly Remark[], metric: MetricId, date: CivilDate): boolean =>
  (pausesOf(remarks).get(metric) ?? []).some(
    ({ content: { date: from, until } }) => from <= date && (until === undefined || date <= until),
  );

/** The pauses of each metric. Each metric that is due asks for each of forty days. */
const pausesOf = memoized((remarks: readonly Remark[]): ReadonlyMap<MetricId, readonly Remark[]> => {
  const pauses = remarks.filter(({ content }) => content.kind === 'pause');
  return Map.groupBy(pauses, ({ content }) => content.metric);
});
