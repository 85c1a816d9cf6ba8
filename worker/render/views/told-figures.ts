import { changeWords, lackKey } from '../../../client/page/parts/change-words.ts';
import { fillText } from '../../../client/page/parts/fill.ts';
import { type Formats, formatsOf } from '../../../client/page/parts/formats.ts';
import type { LocalizedText } from '../../../client/page/parts/text.tsx';
import { type Bulletin, isErased } from '../../model/bulletin.ts';
import type { Facts } from '../../model/cell-facts.ts';
import { type CivilDate, civilDateAt } from '../../model/civil-date.ts';
import { isPausedOn, lateAt } from '../../model/due.ts';
import type { Instant } from '../../model/instant.ts';
import type { Measure } from '../../model/measure.ts';
import { itemPath, sectionPath } from '../../model/path.ts';
import type { Language, Metric, Site } from '../../model/site.ts';
import { utf8Bytes } from '../../model/utf8-bytes.ts';
import { MAX_TITLE } from '../../model/validation/text.ts';
import { breakingNews } from './breaking-news.ts';
import { cutText } from './cut-text.ts';
import { bulletinDay, type FigureFacts, figureFacts } from './figure-facts.ts';
import { figuresOf } from './figures.ts';
import { localize } from './localize.ts';
import { cutLabel } from './page-room.ts';
import { shownMeasure } from './shown-measure.ts';
import { standingRemarks } from './standing-remarks.ts';

/** The most characters of each name, if there are more metrics than in any bulletin that we know. */
const MANY_METRICS = 20;
const LONGEST_OF_MANY = 40;

/** The most bytes of the notes of all figures, and the characters to which notes are cut, in the order that is tried. */
const NOTES_BYTES = 20_000;
const NOTE_LENGTHS = [Number.POSITIVE_INFINITY, 120, 60] as const;
const SHORTEST_NOTE = 30;

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
  const date = bulletinDay(site, facts);
  const longest = longestNote(bulletin, facts, f);
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
      return [
        {
          ...told,
          state,
          ...(missing ? { late: missing } : {}),
          ...known(bulletin, fact, f, longest),
          ...said(bulletin, fact, today, f),
        },
      ];
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
    ...unitOf(measure, value === null ? null : f.unitAfter(value, measure)),
    value,
    text: value === null ? null : f.amount(value, measure),
    date,
    dateText: date === null ? null : f.date(date),
    state,
    ...(isOld && ageDays !== null ? { ageDays, ageText: f.counted('figure.age', ageDays) } : {}),
    change: change === null ? null : { value: change, text: changeText(change, measure, f) },
    ...(metric.kind === 'total' ? missing(fact, measure, f) : {}),
    ...(fact.unknownSince === null ? {} : { unknownSince: fact.unknownSince }),
    total: metric.kind === 'flow' ? totalOf(site, metric, facts, f) : null,
    average: average && toldAverage(average, measure, f),
    url: `${site.origin}${sectionPath(f.tag, 'data')}#metric-${metric.id}`,
  };
}

function cellFacts({ days }: Bulletin, { metric, date }: FigureFacts): Facts {
  const cell = date === null ? undefined : days.get(date)?.cells[metric];
  return (cell && !isErased(cell) && cell[3]) || {};
}

/** The most characters of a note, so that the notes of all figures together have room. */
function longestNote(bulletin: Bulletin, facts: readonly FigureFacts[], f: Formats): number {
  const notes = facts.flatMap((fact) => {
    const { note } = cellFacts(bulletin, fact);
    return note ? [localize(note, f.tag, bulletin.site).text] : [];
  });
  const bytesOf = (length: number) =>
    notes.reduce((sum, note) => sum + utf8Bytes(JSON.stringify(cutText(note, length))), 0);
  return NOTE_LENGTHS.find((length) => bytesOf(length) <= NOTES_BYTES) ?? SHORTEST_NOTE;
}

/** What is known of a figure beside its number. `truncated` says that its note is cut. */
function known(bulletin: Bulletin, fact: FigureFacts, f: Formats, longest: number) {
  const { at, provisionalUntil, note } = cellFacts(bulletin, fact);
  const whole = note && localize(note, f.tag, bulletin.site);
  return {
    ...(at === undefined ? {} : { at }),
    ...(provisionalUntil === undefined ? {} : { provisionalUntil }),
    ...(whole ? named('note', cutLabel(whole, longest)) : {}),
    ...(whole && whole.text.length > longest ? { truncated: ['note'] } : {}),
  };
}

/** What the agency says of a metric today, each with the words of a page, unless there are very many metrics. */
function said(bulletin: Bulletin, { metric, date }: FigureFacts, today: CivilDate, f: Formats) {
  const { problem, break: parted } = standingRemarks(bulletin, metric, today);
  const none = figuresOf(bulletin).series.facts?.findLast(
    (facts) => facts.metric === metric && facts.state === 'not-reported' && facts.date > (date ?? ''),
  );
  const words = (sentence: string, from: CivilDate, until?: CivilDate) =>
    bulletin.site.metrics.length > MANY_METRICS
      ? {}
      : {
          text: fillText(sentence, {
            date: f.date(from),
            until: until === undefined ? '' : f.date(until),
          }),
        };
  const { strings } = f;
  const problemWords = strings[problem?.until === undefined ? 'remark.problem' : 'remark.problemSpan'];
  return {
    ...(none ? { notReported: { date: none.date, ...words(strings['fact.not-reported'], none.date) } } : {}),
    ...(problem ? { problem: { ...problem, ...words(problemWords, problem.date, problem.until) } } : {}),
    ...(parted ? { break: { ...parted, ...words(strings['remark.break'], parted.date) } } : {}),
  };
}

/** The unit in the form that follows a number; of no number, as it stands alone. */
function unitOf({ unit, isPercent }: Measure, after: string | null) {
  if (!unit) return isPercent ? { unit: '%' } : {};
  return named('unit', { ...(unit.lang === undefined ? {} : { lang: unit.lang }), text: after ?? unit.text });
}

// A total has a date of its own. One that nobody knows is left out.
function totalOf(site: Site, flow: Metric, facts: readonly FigureFacts[], f: Formats) {
  const metric = site.metrics.find((m) => m.kind === 'total' && m.of === flow.id);
  const fact = facts.find((other) => other.metric === metric?.id);
  if (!metric || !fact || fact.value === null || fact.unknownSince !== null) return null;
  const { value, date } = fact;
  const measure = shownMeasure(site, metric, f.tag);
  return {
    metric: metric.id,
    ...named('label', labelOf(site, metric, f)),
    value,
    text: f.amount(value, measure),
    ...unitOf(measure, f.unitAfter(value, measure)),
    date,
    dateText: date === null ? null : f.date(date),
    ...missing(fact, measure, f),
  };
}

function missing({ missingDays }: FigureFacts, measure: Measure, f: Formats) {
  if (!missingDays) return { missingDays: missingDays ?? 0 };
  return { missingDays, missingText: f.counted(lackKey(measure), missingDays) };
}

const toldAverage = (average: NonNullable<FigureFacts['average']>, measure: Measure, f: Formats) =>
  average.kind === 'mean'
    ? {
        value: average.mean,
        text: f.meanAmount(average.mean, measure),
        ...unitOf(measure, f.meanUnitAfter(average.mean, measure)),
      }
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
