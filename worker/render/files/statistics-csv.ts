import type { Series } from '../../model/series.ts';
import type { MetricId } from '../../model/site.ts';
import { type Documents, stampOf } from '../document.ts';
import { figuresOf, figuresStamp } from '../views/figures.ts';
import { statisticsSlices } from '../views/statistics-slices.ts';

const CSV_TYPE = 'text/csv; charset=utf-8; header=present';

/**
 * `/data/statistics.csv`: one row a day and one column a metric, in the site's order, totals included. Beside it the
 * same by year.
 */
export const statisticsCsv: Documents = (bulletin) => {
  const ids = bulletin.site.metrics.map((m) => m.id);
  const { years } = statisticsSlices(bulletin);
  return [
    {
      path: '/data/statistics.csv',
      type: CSV_TYPE,
      pack: 'series',
      stamp: stampOf(figuresStamp(bulletin)),
      render: () => csvOf(figuresOf(bulletin).series, ids),
    },
    ...years.map(({ name, stamp, series }, i) => ({
      path: `/data/statistics/${name}.csv`,
      type: CSV_TYPE,
      pack: i === years.length - 1 ? ('series' as const) : ('archive' as const),
      stamp: stampOf(stamp),
      render: () => csvOf(series(), ids),
    })),
  ];
};

/**
 * A series as CSV: RFC 4180, but lines end with LF, as the contract says. An empty cell is "not reported". Ids and
 * dates need no quotes.
 */
function csvOf({ dates, metrics }: Series, ids: readonly MetricId[]): string {
  const columns = ids.map((id) => metrics[id] ?? []);
  const rows = dates.map((date, i) => [date, ...columns.map((column) => column[i] ?? '')].join());
  return [['date', ...ids].join(), ...rows, ''].join('\n');
}
