import type { Metric, MetricId } from '../site.ts';
import { type Around, exact, type Values } from './around.ts';
import { type Note, noteOf } from './note.ts';
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
  /** The total of a flow before its first day; 0 if the site has none. */
  readonly opening: number;
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
  const params = { value, highest, lowest, last };
  const what = `${id} of ${around.date} is ${value}`;
  const note = { metric: id, date: around.date };
  const about = { value };
  if (isTotal)
    return noteOf(
      {
        ...note,
        code: 'running-total',
        params: { ...params, total, perhaps: exact(value - total) },
        detail: `${what}. All before make ${total}: was the total typed in place of the day's count, ${exact(value - total)}?`,
      },
      about,
    );
  const range = `from ${lowest.value} to ${highest.value} in the 30 days before, ${last.value} on ${last.date}`;
  if (slip)
    return noteOf(
      {
        ...note,
        code: slip.code,
        params: { ...params, ...slipParams(slip) },
        detail: `${what}, but was ${range}: ${slipDetail(slip)}`,
      },
      about,
    );
  const isAbove = distance > 0;
  return noteOf(
    {
      ...note,
      code: isAbove ? 'far-above' : 'far-below',
      params,
      detail: `${what}, far ${isAbove ? 'above' : 'below'} what it was: ${range}`,
    },
    about,
  );
}

const isFar = ({ value, usual: { low, high, unit } }: Figure): boolean =>
  Math.abs(value) >= SMALL * unit && (value >= TIMES * high || TIMES * value <= low);

/** The running total of a flow before the date, if a value is at least as large; else null. */
function totalBefore(around: Around, { id, kind, value, opening }: Figure): number | null {
  if (kind !== 'flow' || value <= 0) return null;
  const sum = (days: Iterable<Values>) => [...days].reduce((all, day) => all + (day[id] ?? 0), opening);
  // The days at hand mostly tell that the total is larger, and nothing older is read.
  if (sum(around.before) > value) return null;
  const total = exact(opening + around.sumBefore(id));
  return total > 0 && total <= value ? total : null;
}

const slipParams = (slip: Slip) =>
  slip.code === 'power-of-ten' ? { power: slip.power } : { perhaps: slip.perhaps };

function slipDetail(slip: Slip): string {
  switch (slip.code) {
    case 'power-of-ten':
      return `it is about ${10 ** Math.abs(slip.power)} times too ${slip.power > 0 ? 'large' : 'small'}: is a digit or the decimal point wrong?`;
    case 'sign':
      return `is the sign wrong, and it is ${slip.perhaps}?`;
    case 'digits-doubled':
      return `was a digit typed twice, and it is ${slip.perhaps}?`;
    case 'digits-swapped':
      return `are two digits swapped, and it is ${slip.perhaps}?`;
    default:
      return slip satisfies never;
  }
}
