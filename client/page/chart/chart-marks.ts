import type { MarkedDays } from '../../../worker/model/marked-days.ts';
import { CHART_HEIGHT } from './chart-shape.ts';

/** SVG path data of the marks of a chart, in its own units; empty if there are none of a kind. */
export type MarkPaths = { readonly [kind in keyof MarkedDays]: string };

/** The most marks of a kind, the newest ones: more can't be told from each other, and take bytes. */
const MOST = 40;
/** The height of the mark of an adjustment, in units of `CHART_HEIGHT`. */
export const MARK_HEIGHT = 45;
/** A mark of days has at least this part of the width, or it would not be seen. */
export const SHORTEST_MARK = 1 / 40;

/**
 * The marks of a chart: a line over the whole height at a break, a short bar at the bottom at an adjustment, and a bar
 * along the bottom under provisional days.
 * @param start the index of the first drawn day, at x 0
 * @param width the index of the last drawn day, less `start`
 */
export function markPaths(
  { breaks, adjusted, provisional }: MarkedDays,
  start: number,
  width: number,
): MarkPaths {
  const drawn = (days: readonly number[]) => days.map((i) => i - start).filter((x) => x >= 0 && x <= width);
  const each = (days: readonly number[], path: (x: number) => string) =>
    drawn(days).slice(-MOST).map(path).join('');
  return {
    breaks: each(breaks, (x) => `M${x} 0V${CHART_HEIGHT}`),
    adjusted: each(adjusted, (x) => `M${x} ${CHART_HEIGHT}v-${MARK_HEIGHT}`),
    provisional: runsIn(drawn(provisional))
      .slice(-MOST)
      .map(({ from, days }) => {
        const length = Math.max(days, Math.ceil(width * SHORTEST_MARK));
        return `M${from + (days - 1 - length) / 2} ${CHART_HEIGHT}h${length}`;
      })
      .join(''),
  };
}

/** Ascending days in runs of days in a row. */
export function runsIn(days: readonly number[]): readonly { readonly from: number; readonly days: number }[] {
  const runs: { from: number; days: number }[] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run && run.from + run.days === day) run.days += 1;
    else runs.push({ from: day, days: 1 });
  }
  return runs;
}
