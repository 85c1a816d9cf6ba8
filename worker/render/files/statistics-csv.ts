import type { CivilDate } from '../../model/civil-date.ts';
import { missingDaysColumn, type Series, totalsWithMissingDays } from '../../model/series.ts';
import type { Site } from '../../model/site.ts';
import { textIn } from '../../model/validation/text.ts';
import { type Documents, stampOf } from '../document.ts';
import { figuresStamp } from '../views/figures.ts';
import { wholeWithinRoom } from '../views/statistics-room.ts';
import { type SeriesPart, statisticsSlices, wholeSeries } from '../views/statistics-slices.ts';

const CSV_TYPE = 'text/csv; charset=utf-8; header=present';

/**
 * `/data/statistics.csv`: one row a day and one column a metric, in the site's order, totals included, then the missing
 * days of each total, then what is known of the figures. Beside it the same by year.
 */
export const statisticsCsv: Documents = (bulletin) => {
  const { site } = bulletin;
  const { years } = statisticsSlices(bulletin);
  return [
    {
      path: '/data/statistics.csv',
      type: CSV_TYPE,
      pack: 'series',
      stamp: stampOf([figuresStamp(bulletin), site.defaultLanguage]),
      render: () => wholeWithinRoom(wholeSeries(bulletin), (series) => csvOf(series, site)),
    },
    ...years.map(({ name, stamp, part }, i) => ({
      path: `/data/statistics/${name}.csv`,
      type: CSV_TYPE,
      pack: i === years.length - 1 ? ('series' as const) : ('archive' as const),
      stamp: stampOf([stamp, site.defaultLanguage]),
      render: () => csvOf(part(), site),
    })),
  ];
};

/**
 * A series as CSV: RFC 4180, but lines end with LF, as the contract says. An empty cell is "not reported". Ids, dates
 * and states need no quotes. The last two columns are always there, so that none ever moves.
 */
function csvOf(series: SeriesPart, site: Site): string {
  const { dates, metrics, missing } = series;
  const columns = [
    ...site.metrics.map(({ id }) => [id, metrics[id] ?? []] as const),
    ...totalsWithMissingDays(site).map((id) => [missingDaysColumn(id), missing[id] ?? []] as const),
  ];
  const { states, notes } = wordsByDate(series, site.defaultLanguage);
  const rows = dates.map((date, i) =>
    [
      date,
      ...columns.map(([, column]) => column[i] ?? ''),
      states.get(date)?.join(' ') ?? '',
      quoted(notes.get(date)?.join(' | ') ?? ''),
    ].join(),
  );
  return [['date', ...columns.map(([name]) => name), 'states', 'notes'].join(), ...rows, ''].join('\n');
}

type ByDate = ReadonlyMap<CivilDate, readonly string[]>;

/**
 * What is said about the figures of each date. `states`: `{metric}:{state}`, with what the state holds after another
 * colon. `notes`: `{metric}: {text}`, in the site's default language.
 */
function wordsByDate(
  { dates, metrics, adjustments = [], breaks = [], pauses = [], problems = [], facts = [] }: Series,
  language: string,
): { readonly states: ByDate; readonly notes: ByDate } {
  const [states, notes] = [new Map<CivilDate, string[]>(), new Map<CivilDate, string[]>()];
  const add = (to: Map<CivilDate, string[]>, date: CivilDate, words: string) => {
    const list = to.get(date);
    if (list) list.push(words);
    else to.set(date, [words]);
  };
  for (const { metric, date, at, provisionalUntil, state, note } of facts) {
    if (state) add(states, date, `${metric}:${state}`);
    if (at !== undefined) add(states, date, `${metric}:at:${at}`);
    if (provisionalUntil !== undefined) add(states, date, `${metric}:provisional:${provisionalUntil}`);
    if (note) add(notes, date, `${metric}: ${asText(textIn(note, language, language).text)}`);
  }
  for (const { metric, date, until } of pauses)
    for (const [i, value] of (metrics[metric] ?? []).entries()) {
      const day = dates[i];
      if (value === null && day && day >= date && (until === undefined || day <= until))
        add(states, day, `${metric}:paused`);
    }
  // Several problems of a metric may overlap: a day says it once.
  for (const [metric, spans] of Map.groupBy(problems, (problem) => problem.metric)) {
    const days = new Set<CivilDate>();
    for (const { date, until } of spans)
      for (const day of dates) if (day >= date && (until === undefined || day <= until)) days.add(day);
    for (const day of days) add(states, day, `${metric}:problem`);
  }
  for (const { metric, date } of breaks) add(states, date, `${metric}:break`);
  for (const { metric, date, amount } of adjustments) add(states, date, `${metric}:adjusted:${amount}`);
  return { states, notes };
}

/**
 * A note in one line, in which no spreadsheet finds a formula. Where the list separator is another than the comma, or
 * several are, a cell begins within the note too; quotes don't help there. A formula begins with one of these characters,
 * in any width, also behind spaces and quotes; behind an apostrophe it is text:
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const asText = (note: string): string =>
  note
    .replace(/\s+/g, ' ')
    .replace(/([;|\u061b\uff1b][\s\p{Pi}\p{Pf}"]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/gu, "$1'");

const quoted = (text: string): string => (/[",;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
