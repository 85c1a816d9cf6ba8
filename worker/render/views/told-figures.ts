import { fillText } from '../../../client/page/parts/fill.ts';
import { type Formats, formatsOf } from '../../../client/page/parts/formats.ts';
import type { LocalizedText } from '../../../client/page/parts/text.tsx';
import type { Bulletin } from '../../model/bulletin.ts';
import { civilDateAt } from '../../model/civil-date.ts';
import type { Instant } from '../../model/instant.ts';
import { PERCENT } from '../../model/metric-schema.ts';
import { itemPath, sectionPath } from '../../model/path.ts';
import type { Language, Metric, Site } from '../../model/site.ts';
import { MAX_TITLE } from '../../model/validation/text.ts';
import { breakingNews } from './breaking-news.ts';
import { type FigureFacts, figureFacts, newestDate } from './figure-facts.ts';
import { localize } from './localize.ts';
import { cutLabel } from './page-room.ts';

/** The most characters of each name, if there are more metrics than in any bulletin that we know. */
const MANY_METRICS = 20;
const LONGEST_OF_MANY = 40;
const LONGEST_UNIT = 40;

/**
 * The latest figures and the breaking news as a program shows them in a language: beside each value the text that a page
 * of the bulletin has, and absolute addresses.
 */
export function toldFigures(bulletin: Bulletin, asOf: Instant, language: Language) {
  const { site } = bulletin;
  const f = formatsOf({ ...language, timeZone: site.timeZone });
  const facts = figureFacts(bulletin, asOf);
  const date = newestDate(facts);
  return {
    language: language.tag,
    locale: language.locale,
    today: civilDateAt(asOf, site.timeZone),
    date,
    dateText: date === null ? null : f.date(date),
    figures: facts.flatMap((fact) => {
      const metric = site.metrics.find(({ id }) => id === fact.metric);
      return metric ? [toldFigure(site, metric, fact, facts, f)] : [];
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
  const unit =
    metric.unit && metric.unit !== PERCENT && cutLabel(localize(metric.unit, f.tag, site), LONGEST_UNIT);
  return {
    metric: metric.id,
    kind: metric.kind,
    ...named('label', labelOf(site, metric, f)),
    ...(unit ? named('unit', unit) : {}),
    value,
    text: value === null ? null : f.number(value),
    date,
    dateText: date === null ? null : f.date(date),
    state,
    ...(isOld && ageDays !== null ? { ageDays, ageText: f.counted('figure.age', ageDays) } : {}),
    change: change === null ? null : { value: change, text: changeText(change, f) },
    ...(metric.kind === 'total' ? missing(fact, f) : {}),
    total: metric.kind === 'flow' ? totalOf(site, metric, facts, f) : null,
    average: average && toldAverage(average, f),
    url: `${site.origin}${sectionPath(f.tag, 'data')}#metric-${metric.id}`,
  };
}

// The total of a flow has the flow's own date: it is null on days without the flow.
function totalOf(site: Site, flow: Metric, facts: readonly FigureFacts[], f: Formats) {
  const metric = site.metrics.find((m) => m.kind === 'total' && m.of === flow.id);
  const fact = facts.find((other) => other.metric === metric?.id);
  if (!metric || !fact || fact.value === null) return null;
  const { value } = fact;
  return {
    metric: metric.id,
    ...named('label', labelOf(site, metric, f)),
    value,
    text: f.number(value),
    ...missing(fact, f),
  };
}

function missing({ missingDays }: FigureFacts, f: Formats) {
  if (!missingDays) return { missingDays: missingDays ?? 0 };
  return { missingDays, missingText: f.counted('total.least', missingDays) };
}

const toldAverage = (average: NonNullable<FigureFacts['average']>, f: Formats) =>
  average.kind === 'mean'
    ? { value: average.mean, text: f.mean(average.mean) }
    : {
        value: null,
        text: null,
        why: average.kind,
        ...(average.kind === 'days-missing' ? { reportedDays: average.reported } : {}),
      };

function changeText(change: number, f: Formats): string {
  if (change === 0) return f.strings['figure.same'];
  const sentence = f.strings[change < 0 ? 'figure.fewer' : 'figure.more'];
  return fillText(sentence, { n: f.number(Math.abs(change)) });
}

const labelOf = (site: Site, { label }: Metric, f: Formats): LocalizedText =>
  cutLabel(localize(label, f.tag, site), site.metrics.length > MANY_METRICS ? LONGEST_OF_MANY : MAX_TITLE);

/** A text under a name, and its language if it is not in the document's. */
const named = <Name extends string>(name: Name, { text, lang }: LocalizedText) => ({
  [name]: text,
  ...(lang === undefined ? {} : { [`${name}Language`]: lang }),
});
