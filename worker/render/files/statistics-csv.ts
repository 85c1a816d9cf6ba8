import { missingDaysColumn, totalsWithMissingDays } from '../../model/series.ts';
import type { Site } from '../../model/site.ts';
import { type Documents, stampOf } from '../document.ts';
import { figuresStamp } from '../views/figures.ts';
import { type SeriesPart, statisticsSlices, wholeSeries } from '../views/statistics-slices.ts';

const CSV_TYPE = 'text/csv; charset=utf-8; header=present';

/**
 * `/data/statistics.csv`: one row a day and one column a metric, in the site's order, totals included, then the missing
 * days of each total. Beside it the same by year.
 */
export const statisticsCsv: Documents = (bulletin) => {
  const { site } = bulletin;
  const { years } = statisticsSlices(bulletin);
  return [
    {
      path: '/data/statistics.csv',
      type: CSV_TYPE,
      pack: 'series',
      stamp: stampOf(figuresStamp(bulletin)),
      render: () => csvOf(wholeSeries(bulletin), site),
    },
    ...years.map(({ name, stamp, part }, i) => ({
      path: `/data/statistics/${name}.csv`,
      type: CSV_TYPE,
      pack: i === years.length - 1 ? ('series' as const) : ('archive' as const),
      stamp: stampOf(stamp),
      render: () => csvOf(part(), site),
    })),
  ];
};

/**
 * A series as CSV: RFC 4180, but lines end with LF, as the contract says. An empty cell is "not reported". Ids and
 * dates need no quotes.
 */
function csvOf({ dates, metrics, missing }: SeriesPart, site: Site): string {
  const columns = [
    ...site.metrics.map(({ id }) => [id, metrics[id] ?? []] as const),
    ...totalsWithMissingDays(site).map((id) => [missingDaysColumn(id), missing[id] ?? []] as const),
  ];
  const rows = dates.map((date, i) => [date, ...columns.map(([, column]) => column[i] ?? '')].join());
  return [['date', ...columns.map(([name]) => name)].join(), ...rows, ''].join('\n');
}
