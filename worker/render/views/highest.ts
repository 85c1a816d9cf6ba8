import type { ChartView } from '../../../client/page/chart/chart.tsx';
import type { Column, Series } from '../../model/series.ts';

/** The highest figure of a chart, and what must be said beside it. */
export type Highest = Pick<ChartView, 'highest' | 'since' | 'sameDays' | 'lump'>;

/**
 * The highest figure since the last break. A flow's figure after silent days may stand for several days, so it is never the
 * highest day: it is the `lump` if it is higher. A break after the last figure counts for nothing yet.
 * @param breaks indexes of the series, ascending
 */
export function highestOf(
  { dates }: Series,
  column: Column,
  breaks: readonly number[],
  kind: 'flow' | 'level',
): Highest {
  const end = column.findLastIndex((value) => value !== null);
  const from = breaks.findLast((at) => at <= end);
  const begin = column.findIndex((value) => value !== null);
  // The first figure is a day's own if the next day was reported too: else its agency may not report daily.
  const isOneDay = (i: number) =>
    kind === 'level' || column[i === begin ? i + 1 : i - 1] != null || begin === end;
  let highest: Highest['highest'] = null;
  let lump: Highest['lump'] = null;
  let sameDays = 0;
  for (let i = Math.max(begin, from ?? 0); i >= 0 && i <= end; i++) {
    const [value, date] = [column[i] ?? null, dates[i]];
    if (value === null || date === undefined) continue;
    if (!isOneDay(i)) {
      if (lump === null || value > lump.value) lump = { value, date };
    } else if (highest === null || value > highest.value) {
      highest = { value, date };
      sameDays = 0;
    } else if (value === highest.value) sameDays += 1;
  }
  const since = from === undefined || from <= begin ? null : (dates[from] ?? null);
  const isHigher = lump !== null && (highest === null || lump.value > highest.value);
  return { highest, since, sameDays, lump: isHigher ? lump : null };
}
