import type { Bulletin } from '../../model/bulletin.ts';
import { addDays, type CivilDate, civilDateAt } from '../../model/civil-date.ts';
import { dueAt, dueMetrics, isDueOn } from '../../model/due.ts';
import type { Instant } from '../../model/instant.ts';
import type { MetricId } from '../../model/site.ts';
import { isPausedOn } from './late.ts';

/** How far ahead the calendar looks, and how many events it has at most. */
const DAYS = 14;
const EVENTS = 50;

/** Figures of a date that are due at the same instant, in the order of the settings. */
export type CalendarEvent = {
  readonly at: Instant;
  readonly date: CivilDate;
  readonly metrics: readonly MetricId[];
};

/** When figures are due, from the site's today on. It changes at midnight, and with what it is made from. */
export function calendarOf(bulletin: Bulletin, asOf: Instant): readonly CalendarEvent[] {
  const { site } = bulletin;
  const today = civilDateAt(asOf, site.timeZone);
  const dates = Array.from({ length: DAYS }, (_, i) => addDays(today, i));
  const events = dates.flatMap((date) => {
    const expected = dueMetrics(site).filter(
      ({ id, due }) => isDueOn(due, date) && !isPausedOn(bulletin, id, date),
    );
    return [...Map.groupBy(expected, ({ due }) => dueAt(due, date, site.timeZone))]
      .map(([at, metrics]) => ({ at, date, metrics: metrics.map(({ id }) => id) }))
      .sort((a, b) => (a.at < b.at ? -1 : 1));
  });
  return events.slice(0, EVENTS);
}
