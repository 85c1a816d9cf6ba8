import { addDays, type CivilDate, parseCivilDate } from '../../model/civil-date.ts';
import { dueAt, dueMetrics, isDueOn } from '../../model/due.ts';
import { ok, type Result } from '../../model/problem.ts';
import type { Site } from '../../model/site.ts';
import { STAFF_PATH } from '../../model/staff/calls.ts';
import type { StaffRoute } from '../../model/staff/request.ts';
import { paginate } from '../ledger/paginate.ts';
import { type CallContext, type ReadResult, siteAndAgency, todayOf } from './context.ts';
import { cursorOf } from './cursor.ts';
import { dayForm, reportable } from './figures.ts';

/**
 * `GET statistics/today`: the site's day with its weekday in each language, its figures, those of the day before and of the
 * week before, the metrics that the key may report, and which of these are due on the day, and when. What was never set
 * has version 0.
 */
export function getToday(context: CallContext, _: StaffRoute<'get-today'>): Result<ReadResult> {
  const settings = siteAndAgency(context);
  if (!settings.ok) return settings;
  const { site } = settings.value;
  const today = todayOf(context, site);
  const day = dayForm(site, today, context.rows.day(today));
  const metrics = reportable(context.caller, site);
  const on = (date: CivilDate) => dayForm(site, date, context.rows.day(date));
  return ok({
    body: {
      ...day,
      weekday: weekdayOf(site, today),
      timeZone: site.timeZone,
      yesterday: on(addDays(today, -1)),
      lastWeek: on(addDays(today, -7)),
      metrics,
      due: dueMetrics(site)
        .filter(({ id, due }) => metrics.includes(id) && isDueOn(due, today))
        .map(({ id, due }) => ({ metric: id, dueAt: dueAt(due, today, site.timeZone) })),
    },
    version: day.version,
  });
}

/** `GET statistics`: all days that were ever set, the newest first; with `before`, those before that date. */
export function listFigures(context: CallContext, { query }: StaffRoute<'list-figures'>): Result<ReadResult> {
  const settings = siteAndAgency(context);
  if (!settings.ok) return settings;
  const { site } = settings.value;
  const cursor = cursorOf('before', query, parseCivilDate);
  if (!cursor.ok) return cursor;
  const { items, hasMore } = paginate(context.rows.daysBefore(cursor.value));
  const next = hasMore ? `${STAFF_PATH}/statistics?before=${items.at(-1)?.date}` : null;
  return ok({ body: { items: items.map(({ date, day }) => dayForm(site, date, day)), next } });
}

/** The weekday of a date, in each language of the site. */
const weekdayOf = (site: Site, date: CivilDate): { readonly [language: string]: string } =>
  Object.fromEntries(
    site.languages.map(({ tag, locale }) => [
      tag,
      new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(
        new Date(`${date}T00:00:00Z`),
      ),
    ]),
  );
