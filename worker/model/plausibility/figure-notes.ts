import { addDays } from '../civil-date.ts';
import type { Metric, MetricId } from '../site.ts';
import { type Around, exact, type Values } from './around.ts';
import { shiftsBefore, type Total, totalAfter } from './moved-total.ts';
import { type Note, type NoteParams, noteOf } from './note.ts';
import type { NoteCode } from './note-sentences.ts';
import { type Slip, slipOf } from './slip.ts';
import type { Usual } from './usual.ts';

/** From this distance on, a value that a slip explains is asked about. Beyond 1 every value is. */
export const SUSPECT = 0.6;
/** The slips that make a suspect value doubtful. By the others, too many numbers can be made usual. */
const SURE: readonly Slip['code'][] = ['power-of-ten', 'digits-doubled'];
/** But a smaller count, in units of the last decimal, may be ten times another by chance… */
const SMALL = 30;
/** …and so may a value that is less than so many times those nearby. */
const TIMES = 2;
/** Up to this distance a value would be usual. */
export const FITS = 0.25;

/** A metric's new value, and what is usual for it. */
export type Figure = {
  readonly id: MetricId;
  readonly kind: Metric['kind'];
  readonly value: number;
  readonly usual: Usual;
  /** The total of a flow; null if the site has none. */
  readonly total: Total | null;
};

/** The doubt about one figure, by the values of its metric alone; null if there is none. */
export function figureNote(around: Around, figure: Figure): Note | null {
  const { id, kind, value, usual } = figure;
  const distance = usual.distance(value);
  if (Math.abs(distance) <= SUSPECT) return null;
  const total = totalBefore(around, figure);
  const isTotal = total !== null && usual.distance(value - total) <= SUSPECT;
  const fits = (number: number) =>
    Math.abs(usual.distance(number)) <= FITS &&
    Math.abs(number) >= usual.unit &&
    (kind !== 'flow' || number >= 0 || usual.lowest.value < 0);
  const slip = slipOf(value, usual.unit, fits);
  const isSure = isTotal || (slip !== null && isFar(figure) && SURE.includes(slip.code));
  if (Math.abs(distance) <= 1 && !isSure) return null;
  const { highest, lowest, last } = usual;
  const was = {
    ...{ value, highest: highest.value, highestDate: highest.date, lowest: lowest.value },
    ...{ lowestDate: lowest.date, last: last.value, lastDate: last.date },
  };
  const noteWith = (code: NoteCode, params: NoteParams = {}) =>
    noteOf({ code, metric: id, date: around.date }, { ...was, ...params }, { value });
  if (isTotal) return noteWith('running-total', { total, perhaps: exact(value - total) });
  if (!slip) return noteWith(distance > 0 ? 'far-above' : 'far-below');
  return slip.code === 'power-of-ten'
    ? noteWith(slip.power > 0 ? 'times-too-large' : 'times-too-small', { times: 10 ** Math.abs(slip.power) })
    : noteWith(slip.code, { perhaps: slip.perhaps });
}

const isFar = ({ value, usual: { low, high, unit } }: Figure): boolean =>
  Math.abs(value) >= SMALL * unit && (value >= TIMES * high || TIMES * value <= low);

/** The running total of a flow before the date, if a value is at least as large; else null. */
function totalBefore(around: Around, { id, kind, value, total }: Figure): number | null {
  if (kind !== 'flow' || value <= 0) return null;
  const shifts = total ? shiftsBefore(around, total) : [];
  const sum = (days: Iterable<Values>) =>
    [...days].reduce((all, day) => all + (day[id] ?? 0), total?.opening ?? 0);
  // The days at hand mostly tell that the total is larger, and nothing older is read. A remark may have lowered it.
  if (shifts.length === 0 && sum(around.before) > value) return null;
  const before =
    total && shifts.length > 0
      ? totalAfter(around, total, shifts, addDays(around.date, -1))
      : exact((total?.opening ?? 0) + around.sumBefore(id));
  return before > 0 && before <= value ? before : null;
}
