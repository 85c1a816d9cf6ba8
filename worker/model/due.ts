import type { Bulletin } from './bulletin.ts';
import { addDays, type CivilDate, civilDateAt, instantOf, weekdayOf } from './civil-date.ts';
import { type Instant, toInstant, toMs } from './instant.ts';
import type { Site } from './site.ts';

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
export const lateFrom = (due: Due, date: CivilDate, timeZone: string): Instant =>
  toInstant(toMs(dueAt(due, date, timeZone)) + due.graceMinutes * 60_000);

const MINUTES_A_DAY = 1_440;

/** How many days back the newest due day is looked for, and how far ahead: holidays may follow each other. */
export const MAX_DUE_DAYS = 40;

/** The next instant at which each metric's figure becomes late if it does not come. */
export function nextLateInstants({ site }: Bulletin, asOf: Instant): readonly Instant[] {
  const today = civilDateAt(asOf, site.timeZone);
  return dueMetrics(site).flatMap(({ due }) => {
    // No figure of an earlier day becomes late from now on.
    for (let i = -1 - Math.ceil(due.graceMinutes / MINUTES_A_DAY); i <= MAX_DUE_DAYS; i++) {
      const date = addDays(today, i);
      if (!isDueOn(due, date)) continue;
      const from = lateFrom(due, date, site.timeZone);
      if (from > asOf) return [from];
    }
    return [];
  });
}
