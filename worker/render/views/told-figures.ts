import { changeWords } from '../../../client/page/parts/change-words.ts';
import { fillText } from '../../../client/page/parts/fill.ts';
import { type Formats, formatsOf } from '../../../client/page/parts/formats.ts';
import type { LocalizedText } from '../../../client/page/parts/text.tsx';
import { type Bulletin, isErased } from '../../model/bulletin.ts';
import { civilDateAt } from '../../model/civil-date.ts';
import { isPausedOn, lateAt } from '../../model/due.ts';
import type { Instant } from '../../model/instant.ts';
import type { Measure } from '../../model/measure.ts';
import { itemPath, sectionPath } from '../../model/path.ts';
import type { Language, Metric, Site } from '../../model/site.ts';
import { MAX_TITLE } from '../../model/validation/text.ts';
import { breakingNews } from './breaking-news.ts';
import { type FigureFacts, figureFacts, newestDate } from './figure-facts.ts';
import { localize } from './localize.ts';
import { cutLabel } from './page-room.ts';
import { shownMeasure } from './shown-measure.ts';

/** The most characters of each name, if there are more metrics than in any bulletin that we know. */
const MANY_METRICS = 20;
const LONGEST_OF_MANY = 40;

/**
 * The latest figures and the breaking news as a program shows them in a language: beside each value the text that a page
 * of the bulletin has, and absolute addresses.
 */
export function toldFigures(bulletin: Bulletin, asOf: Instant, language: Language) {
  const { site } = bulletin;
  const f = formatsOf({ ...language, timeZone: site.timeZone });
  const facts = figureFacts(bulletin, asOf);
  const late = lateAt(bulletin, asOf);
  const today = civilDateAt(asOf, site.timeZone);
  const date = newestDate(facts);
  return {
    language: language.tag,
    locale: language.locale,
    today,
    date,
    dateText: date === null ? null : f.date(date),
    figures: facts.flatMap((fact) => {
      const metric = site.metrics.find(({ id }) => id === fact.metric);
      if (!metric) return [];
      const told = toldFigure(site, metric, fact, facts, f);
      const missing = late.get(metric.id);
      const isPaused =
        isPausedOn(bulletin, metric.id, today) &&
        // What has a figure is not paused, whatever was announced.
        !(fact.date && isPausedOn(bulletin, metric.id, fact.date));
      const state = isPaused ? 'paused' : missing ? 'late' : told.state;
      return [{ ...told, state, ...(missing ? { late: missing } : {}), ...known(bulletin, fact, f) }];
    }),
    breaking: breakingNews(bulletin, asOf).map(({ item, end }) => ({
      id: item.id,
      ...named('title', localize(item.content.title, f.tag, site)),
      until: end,
      untilText: f.dateTime(end),
      url: site.origin + itemPath(f.tag, 'news', item.id),
    })),
  };
}

function toldFigure(
  site: Site,
  metric: Metric,
  fact: FigureFacts,
  facts: readonly FigureFacts[],
  f: Formats,
) {
  const { value, date, change, state, average, isOld, ageDays } = fact;
  const measure = shownMeasure(site, metric, f.tag);
  return {
    metric: metric.id,
    kind: metric.kind,
    ...named('label', labelOf(site, metric, f)),
    ...(measure.unit ? named('unit', measure.unit) : measure.isPercent ? { unit: '%' } : {}),
    value,
    text: value === null ? null : f.amount(value, measure),
    date,
    dateText: date === null ? null : f.date(date),
    state,
    ...(isOld && ageDays !== null ? { ageDays, ageText: f.counted('figure.age', ageDays) } : {}),
    change: change === null ? null : { value: change, text: changeText(change, measure, f) },
    ...(metric.kind === 'total' ? missing(fact, f) : {}),
    ...(fact.unknownSince === null ? {} : { unknownSince: fact.unknownSince }),
    total: metric.kind === 'flow' ? totalOf(site, metric, facts, f) : null,
    average: average && toldAverage(average, measure, f),
    url: `${site.origin}${sectionPath(f.tag, 'data')}#metric-${metric.id}`,
  };
}

/** What is known of a figure beside its number. */
function known({ site, days }: Bulletin, { metric, date }: FigureFacts, f: Formats) {
  const cell = date === null ? undefined : days.get(date)?.cells[metric];
  const { at, provisionalUntil, note } = (cell && !isErased(cell) && cell[3]) || {};
  return {
    ...(at === undefined ? {} : { at }),
    ...(provisionalUntil === undefined ? {} : { provisionalUntil }),
    ...(note ? named('note', localize(note, f.tag, site)) : {}),
  };
}

// The total of a flow has the flow's own date: it is null on days without the flow. One that nobody knows is left out.
function totalOf(site: Site, flow: Metric, facts: readonly FigureFacts[], f: Formats) {
  const metric = site.metrics.find((m) => m.kind === 'total' && m.of === flow.id);
  const fact = facts.find((other) => other.metric === metric?.id);
  if (!metric || !fact || fact.value === null || fact.unknownSince !== null) return null;
  const { value } = fact;
  return {
    metric: metric.id,
    ...named('label', labelOf(site, metric, f)),
    value,
    text: f.amount(value, shownMeasure(site, metric, f.tag)),
    ...missing(fact, f),
  };
}

function missing({ missingDays }: FigureFacts, f: Formats) {
  if (!missingDays) return { missingDays: missingDays ?? 0 };
  return { missingDays, missingText: f.counted('total.least', missingDays) };
}

const toldAverage = (average: NonNullable<FigureFacts['average']>, measure: Measure, f: Formats) =>
  average.kind === 'mean'
    ? { value: average.mean, text: f.meanAmount(average.mean, measure) }
    : {
        value: null,
        text: null,
        why: average.kind,
        ...(average.kind === 'days-missing' ? { reportedDays: average.reported } : {}),
      };

function changeText(change: number, measure: Measure, f: Formats): string {
  if (change === 0) return f.strings['figure.same'];
  const words = changeWords(change, measure, f);
  return fillText(words.sentence, { n: f.measured(Math.abs(change), words.measure) });
}

const labelOf = (site: Site, { label }: Metric, f: Formats): LocalizedText =>
  cutLabel(localize(label, f.tag, site), site.metrics.length > MANY_METRICS ? LONGEST_OF_MANY : MAX_TITLE);

/** A text under a name, and its language if it is not in the document's. */
const named = <Name extends string>(name: Name, { text, lang }: LocalizedText) => ({
  [name]: text,
  ...(lang === undefined ? {} : { [`${name}Language`]: lang }),
});
