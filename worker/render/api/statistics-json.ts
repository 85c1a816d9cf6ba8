import { entriesOf } from '../../model/entries.ts';
import { type Document, type Documents, JSON_TYPE, jsonText, stampOf } from '../document.ts';
import { figuresStamp } from '../views/figures.ts';
import { wholeWithinRoom } from '../views/statistics-room.ts';
import { type SeriesPart, type Slice, statisticsSlices, wholeSeries } from '../views/statistics-slices.ts';

/**
 * `/api/v1/statistics.json`: all figures, one column a metric, totals included; null is "not reported". Beside it the
 * same by year and by metric, for those who need a part. A figure of today leaves the files of past years as they are.
 */
export const statisticsJson: Documents = (bulletin) => {
  const { years, metrics } = statisticsSlices(bulletin);
  return [
    {
      path: '/api/v1/statistics.json',
      type: JSON_TYPE,
      pack: 'series',
      stamp: stampOf(figuresStamp(bulletin)),
      render: () => wholeWithinRoom(wholeSeries(bulletin), (series) => jsonText(publicSeries(series))),
    },
    ...years.map((year, i) => slice('years', year, i === years.length - 1 ? 'series' : 'archive')),
    ...metrics.map((metric) => slice('metrics', metric, 'series')),
  ];
};

const slice = (by: 'years' | 'metrics', { name, stamp, part }: Slice, pack: Document['pack']): Document => ({
  path: `/api/v1/statistics/${by}/${name}.json`,
  type: JSON_TYPE,
  pack,
  stamp: stampOf(stamp),
  render: () => jsonText(publicSeries(part())),
});

/** A part of the series in JSON. `missingDays` has the days that the last value of each of its totals lacks. */
function publicSeries({ dates, metrics, missing, facts = [], leftOut, ...said }: SeriesPart) {
  const missingDays = entriesOf(missing).map(([id, column]) => [
    id,
    column.findLast((days) => days !== null) ?? 0,
  ]);
  return {
    dates,
    metrics,
    ...said,
    ...(facts.length > 0 ? { facts } : {}),
    ...(leftOut ? { leftOut } : {}),
    ...(missingDays.length > 0 ? { missingDays: Object.fromEntries(missingDays) } : {}),
  };
}
