import { addDays, type CivilDate, civilDateAt, daysBetween } from '../../worker/model/civil-date.ts';
import { sumOf } from '../../worker/model/decimal.ts';
import { toInstant } from '../../worker/model/instant.ts';
import type { MetricId, Site } from '../../worker/model/site.ts';
import { figureFault, figureRange } from '../../worker/model/staff/figure.ts';
import { lastSeedDay } from '../seed/last-seed-day.ts';
import { seedFolder } from '../seed/read-seed.ts';
import type { Staff } from '../seed/staff-client.ts';
import { quoted } from './shell.ts';

/** A figure that an agency could report next. `reason` is set if it corrects a public figure. */
type Example = {
  readonly date: CivilDate;
  readonly agency: string;
  readonly metric: MetricId;
  readonly value: number;
  readonly reason?: string;
};

/**
 * A shell command that posts a figure to the site as it is now. Null if no figure can be posted: the site has no
 * metric, or its first date is in the future. Asks the Newsroom which day has no figure yet, because the public
 * documents may be a moment behind.
 * @param root the checkout, which has the operator key
 */
export async function examplePost(
  site: Site,
  staff: Staff,
  origin: string,
  root: string,
): Promise<string | null> {
  const example = await findExample(site, new Figures(staff));
  if (!example) return null;
  const { date, agency, metric, value, reason } = example;
  const body = JSON.stringify({ values: { [metric]: value }, ...(reason === undefined ? {} : { reason }) });
  // The key goes through a pipe, because every user of a machine sees the arguments of its programs. Shells have their
  // own printf, so none starts with the key as an argument. "-H @-" needs curl 7.55 of 2017.
  return `printf 'Authorization: Bearer %s' "$(npm --prefix ${quoted(root)} run -s key)" | \
curl -X PUT ${origin}/api/v1/staff/statistics/${date} -H @- \
-H 'Nashra-Agency: ${agency}' -H 'Content-Type: application/json' -d ${quoted(body)}`;
}

async function findExample(site: Site, figures: Figures): Promise<Example | null> {
  const today = civilDateAt(toInstant(Date.now()), site.timeZone);
  const metrics = site.metrics.flatMap((m) =>
    m.kind === 'total' ? [] : [{ id: m.id, agency: m.agencies[0] ?? '', metric: m }],
  );
  const [first] = metrics;
  if (!first || site.firstDate > today) return null;
  for (const { id: metric, agency, metric: settings } of metrics) {
    const lowest = Math.max(0, figureRange(settings).min);
    if ((await figures.value(metric, today)) !== null) continue;
    const last = await lastReported(site, metric, today, figures);
    if (last === null) return { date: today, agency, metric, value: lowest };
    // The value of the day before is plausible for any metric.
    return { date: addDays(last, 1), agency, metric, value: (await figures.value(metric, last)) ?? lowest };
  }
  const now = (await figures.value(first.id, today)) ?? 0;
  const { decimals = 0 } = first.metric;
  const more = sumOf([now, 1], decimals);
  const value = figureFault(first.metric, more) === null ? more : sumOf([now, -1], decimals);
  return { date: today, agency: first.agency, metric: first.id, value, reason: 'Counted again' };
}

/**
 * Finds a day with a figure of a metric whose next day has no figure; null if the metric seems to have no figure. In a
 * series without gaps it is the last day. A binary search, because one call to the Newsroom returns one day.
 * @param free a day without a figure
 */
async function lastReported(
  site: Site,
  metric: MetricId,
  free: CivilDate,
  figures: Figures,
): Promise<CivilDate | null> {
  let reported: CivilDate | null = null;
  for (const day of [await lastSeedDay(seedFolder(), metric), site.firstDate])
    if (reported === null && day !== null && day >= site.firstDate && day < free)
      reported = (await figures.value(metric, day)) === null ? null : day;
  if (reported === null) return null;
  for (let days = daysBetween(reported, free); days > 1; days = daysBetween(reported, free)) {
    const middle: CivilDate = addDays(reported, Math.floor(days / 2));
    if ((await figures.value(metric, middle)) === null) free = middle;
    else reported = middle;
  }
  return reported;
}

/** The figures as the Newsroom has them. Each day is fetched once. */
class Figures {
  readonly #staff: Staff;
  readonly #days = new Map<CivilDate, { readonly [metric: string]: unknown }>();

  constructor(staff: Staff) {
    this.#staff = staff;
  }

  async value(metric: MetricId, date: CivilDate): Promise<number | null> {
    let values = this.#days.get(date);
    if (!values) {
      const answer: { values?: unknown } = Object(await this.#staff.call('GET', `/statistics/${date}`));
      const read: { readonly [metric: string]: unknown } = Object(answer.values);
      values = read;
      this.#days.set(date, values);
    }
    const value = values[metric];
    return typeof value === 'number' ? value : null;
  }
}
