import type { Bulletin } from '../bulletin.ts';
import type { CivilDate } from '../civil-date.ts';
import type { Remark } from '../remarks.ts';
import { type Column, type Series, seriesOf } from '../series.ts';
import { decimalsOf, type Metric, type Site } from '../site.ts';
import { exact } from './around.ts';
import { type Note, noteOf } from './note.ts';
import { slipOf } from './slip.ts';

/** A total may move by this part of itself… */
const PART = 0.1;
/** …and by as much as the largest of so many days that were reported before: a young total is small. */
const DAYS = 30;

/** A remark as a call leaves it, or finds it. */
export type RemarkState = Pick<Remark, 'id' | 'content'>;

/**
 * The doubts about remarks that move totals far: one a total, about the day on which it moves most. What changes a total by
 * itself has no days to be compared with, so the total as it was is the measure.
 * @param before the public remarks as the call finds them, `after` as it leaves them
 */
export function shiftNotes(
  site: Site,
  days: Bulletin['days'],
  before: readonly RemarkState[],
  after: readonly RemarkState[],
): readonly Note[] {
  return site.metrics.flatMap((total) =>
    total.kind === 'total' ? noteOn(site, days, total, before, after) : [],
  );
}

type Total = Extract<Metric, { kind: 'total' }>;

function noteOn(
  site: Site,
  days: Bulletin['days'],
  total: Total,
  before: readonly RemarkState[],
  after: readonly RemarkState[],
): readonly Note[] {
  const metrics = site.metrics.filter(({ id }) => id === total.id || id === total.of);
  const series = (remarks: readonly RemarkState[]) => seriesOf({ site: { ...site, metrics }, days, remarks });
  const [was, now] = [series(before), series(after)];
  const moved = farthest(total, was, now);
  if (!moved) return [];
  const { date } = moved;
  const flow = (now.metrics[total.of] ?? []).slice(0, now.dates.indexOf(date) + 1);
  const reported = flow.flatMap((value) => value ?? []);
  // Before the first figure there is nothing that a total could be compared with.
  if (reported.length === 0) return [];
  const most = Math.max(PART * Math.abs(moved.was), ...reported.slice(-DAYS).map(Math.abs));
  const by = exact(moved.now - moved.was);
  if (Math.abs(by) <= most) return [];
  const slip = isRestated(total, after, before)
    ? slipOf(
        moved.now,
        10 ** -decimalsOf(site, total),
        (value) => Math.abs(value - moved.was) <= PART * moved.was,
      )
    : null;
  const perhaps = slip && ('perhaps' in slip ? slip.perhaps : exact(moved.now / 10 ** slip.power));
  const about = { metric: total.id, date } as const;
  const params = { was: moved.was, now: moved.now, by };
  // The id stands for the move: another total on the way there is no other doubt.
  return [
    perhaps === null
      ? noteOf({ ...about, code: 'total-moved' }, params, { by })
      : noteOf({ ...about, code: 'total-moved-by-slip' }, { ...params, perhaps }, { by }),
  ];
}

/** Whether a total is now given as such: then its digits can be compared with those of the total before. */
const isRestated = (total: Total, after: readonly RemarkState[], before: readonly RemarkState[]): boolean =>
  after.some(
    (remark) =>
      remark.content.total !== undefined &&
      (remark.content.metric === total.id || remark.content.metric === total.of) &&
      !before.some(({ id, content }) => id === remark.id && content.total === remark.content.total),
  );

type Moved = { readonly date: CivilDate; readonly was: number; readonly now: number };

/** The day on which a total moves most; null if it does not move. */
function farthest(total: Total, before: Series, after: Series): Moved | null {
  const [was, now] = [carried(total, before), carried(total, after)];
  let far: Moved | null = null;
  for (const date of [...new Set([...before.dates, ...after.dates])].sort()) {
    const moved = { date, was: was(date), now: now(date) };
    if (moved.was !== moved.now && (!far || distance(moved) > distance(far))) far = moved;
  }
  return far;
}

const distance = ({ was, now }: Moved): number => Math.abs(now - was);

/** The last value of a total up to a date. Dates are asked for in ascending order. */
function carried({ id, opening }: Total, { dates, metrics }: Series): (date: CivilDate) => number {
  const column: Column = metrics[id] ?? [];
  let [next, last] = [0, opening];
  return (date) => {
    for (let day = dates[next]; day !== undefined && day <= date; day = dates[++next])
      last = column[next] ?? last;
    return last;
  };
}
