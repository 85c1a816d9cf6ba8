import { type Documents, JSON_TYPE, jsonText, stampOf } from '../document.ts';
import { figuresOf, figuresStamp } from '../views/figures.ts';

/** `/api/v1/statistics.json`: all figures, one column a metric, totals included; null is "not reported". */
export const statisticsJson: Documents = (bulletin) => [
  {
    path: '/api/v1/statistics.json',
    type: JSON_TYPE,
    pack: 'series',
    stamp: stampOf(figuresStamp(bulletin)),
    render: () => jsonText(figuresOf(bulletin).series),
  },
];
