import type { Series } from '../../model/series.ts';
import type { MetricId } from '../../model/site.ts';
import { type Documents, stampOf } from '../document.ts';
import { figuresOf, figuresStamp } from '../views/figures.ts';

/** `/data/statistics.csv`: one row a day and one column a metric, in the site's order, totals included. */
export const statisticsCsv: Documents = (bulletin) => [
  {
    path: '/data/statistics.csv',
    type: 'text/csv; charset=utf-8; header=present',
    pack: 'series',
    stamp: stampOf(figuresStamp(bulletin)),
    render: () =>
      csvOf(
        figuresOf(bulletin).series,
        bulletin.site.metrics.map((m) => m.id),
      ),
  },
];

/**
 * A series as CSV: RFC 4180, but lines end with LF, as the contract says. An empty cell is "not reported". Ids and
 * dates need no quotes.
 */
function csvOf({ dates, metrics }: Series, ids: readonly MetricId[]): string {
  const columns = ids.map((id) => metrics[id] ?? []);
  const rows = dates.map((date, i) => [date, ...columns.map((column) => column[i] ?? '')].join());
  return [['date', ...ids].join(), ...rows, ''].join('\n');
}
