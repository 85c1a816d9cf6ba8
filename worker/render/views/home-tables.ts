import type { DayTableView, MonthTableView } from '../../../client/page/chart/chart-tables.tsx';
import { addDays, type CivilMonth, monthOf, parseCivilDate } from '../../model/civil-date.ts';
import { sumOf } from '../../model/decimal.ts';
import type { Series } from '../../model/series.ts';
import { decimalsOf, type Metric, PERCENT, type Site } from '../../model/site.ts';
import { memoized } from '../../platform/memoize.ts';
import { localize } from './localize.ts';
import { cutLabel } from './page-room.ts';
import { shownMeasure } from './shown-measure.ts';
import { knownOfDays, knownOfMonths, noteCollector, type TableFigures } from './table-cells.ts';

/** How many of the last days and months the home page's tables have. */
export const DAYS_AT_HOME = 14;
export const MONTHS_AT_HOME = 18;
/** A wider table is hard to read. The files have all columns. */
const COLUMNS = 20;
/** The most characters of a column's name, and cells of a table. */
const LONGEST_HEAD = 80;
const CELLS = 900;
/** As many cells of a table as the home page has room for, so that a site with many metrics has fewer days there. */
export const CELLS_AT_HOME = 100;

/** How much of the figures a table shows, and in which language. */
type TableSize = {
  readonly rows: number;
  readonly language: string;
  readonly cells?: number;
  /** Whether the page has room for notes; else days that have one get a star, and months nothing. */
  readonly hasNotes?: boolean;
};

/** The last days of the series, newest first: the metrics that agencies report, without the derived totals. */
export function dayTable(
  site: Site,
  figures: TableFigures,
  { rows: days, language, cells: room = CELLS, hasNotes = false }: TableSize,
): DayTableView {
  const { dates, metrics: columns } = figures.series;
  const metrics = columnsOf(site, (metric) => metric.kind !== 'total');
  const shown = dates.slice(-rowsFor(days, room, metrics));
  const start = dates.length - shown.length;
  const collector = noteCollector(hasNotes);
  const known = knownOfDays(site, figures, shown[0], language, collector);
  const rows = shown
    .map((date, i) => ({
      date,
      cells: metrics.map(({ id }) => {
        const value = columns[id]?.[start + i] ?? null;
        return { value, ...known(id, date, value) };
      }),
    }))
    .reverse();
  return { metrics: labels(site, metrics, language), rows, notes: collector.notes };
}

/** The last months of the series, newest first: the sums of the flows, but not of percentages. */
export function monthTable(
  site: Site,
  figures: TableFigures,
  { rows: count, language, cells: room = CELLS, hasNotes = false }: TableSize,
): MonthTableView {
  const { series } = figures;
  const metrics = columnsOf(site, (metric) => metric.kind === 'flow' && metric.unit !== PERCENT);
  // Before its first report a metric had nothing to report, or did not exist.
  const first = metrics.map(({ id }) => (series.metrics[id] ?? []).findIndex((value) => value !== null));
  const collector = noteCollector(hasNotes);
  const known = knownOfMonths(figures, hasNotes ? collector : null);
  const rows = [...daysByMonth(series.dates)]
    .slice(-rowsFor(count, room, metrics))
    .map(([month, indices]) => ({
      month,
      ...(indices.length < daysIn(month) ? { days: indices.length } : {}),
      sums: metrics.map((metric) => {
        const values = indices.flatMap((i) => series.metrics[metric.id]?.[i] ?? []);
        const value = values.length === 0 ? null : sumOf(values, decimalsOf(site, metric));
        return { value, ...known(metric.id, month, indices) };
      }),
      missing: metrics.map(
        ({ id }, m) =>
          indices.filter((i) => i > (first[m] ?? 0) && (series.metrics[id]?.[i] ?? null) === null).length,
      ),
    }));
  return {
    metrics: labels(site, metrics, language),
    rows: metrics.length > 0 ? rows.reverse() : [],
    notes: collector.notes,
  };
}

/** The indices of a series' days by month. Every publish asks for them, in each language. */
const daysByMonth = memoized((dates: Series['dates']): ReadonlyMap<CivilMonth, readonly number[]> => {
  const months = new Map<CivilMonth, number[]>();
  dates.forEach((date, i) => {
    const month = monthOf(date);
    const indices = months.get(month);
    if (indices) indices.push(i);
    else months.set(month, [i]);
  });
  return months;
});

const rowsFor = (rows: number, cells: number, { length }: readonly Metric[]): number =>
  Math.min(rows, Math.floor(cells / Math.max(1, length)));

const columnsOf = (site: Site, isShown: (metric: Metric) => boolean) =>
  site.metrics.filter(isShown).slice(0, COLUMNS);

const labels = (site: Site, metrics: readonly Metric[], language: string) =>
  metrics.map((metric) => ({
    ...cutLabel(localize(metric.label, language, site), LONGEST_HEAD),
    measure: shownMeasure(site, metric, language),
  }));

function daysIn(month: CivilMonth): number {
  const first = parseCivilDate(`${month}-01`);
  return [31, 30, 29].find((n) => first && monthOf(addDays(first, n - 1)) === month) ?? 28;
}
