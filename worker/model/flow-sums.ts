import { type CivilDate, utcDate } from './civil-date.ts';
import { toUnits } from './decimal.ts';

const DAY_MS = 86_400_000;
/** How many days share what is known of them together: 10 years are 58 blocks, and one that changes is added up again. */
const BLOCK = 64;

/** A date as the whole number of days since 1970-01-01. */
export const dayOf = (date: CivilDate): number => Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS);

/** The date of so many days since 1970-01-01. */
export const dateOf = (day: number): CivilDate => utcDate(day * DAY_MS);

/**
 * What a run of days adds to a sum, and the lowest and the highest that the sum stands at the end of any of them, from what
 * it was before: without days Infinity and -Infinity. All in units of the flow's last decimal.
 */
type Run = { readonly units: number; readonly least: number; readonly most: number };

/**
 * The reported values of one flow, in memory, by day. What years of them add up to is read from a few blocks, so that no
 * call reads all days of a long history.
 */
export class FlowSums {
  readonly decimals: number;
  /** The day of the first value; the first of a block. */
  #first = 0;
  /** In units, one for each day; NaN is "not reported". */
  #values = new Float64Array();
  /** What is known of each block; null after one of its days has changed. */
  #blocks: (Run | null)[] = [];
  /** The last day that is reported; -Infinity without any. */
  #last = -Infinity;

  /** @param values by date, in any order; null is "not reported" */
  constructor(decimals: number, values: Iterable<readonly [CivilDate, number | null]>) {
    this.decimals = decimals;
    for (const [date, value] of values) this.set(date, value);
  }

  /** Sets the value of a day. */
  set(date: CivilDate, value: number | null): void {
    const day = dayOf(date);
    if (value === null && this.on(day) === null) return;
    this.#makeRoom(day);
    const i = day - this.#first;
    this.#values[i] = value === null ? Number.NaN : toUnits(value, this.decimals);
    this.#blocks[Math.floor(i / BLOCK)] = null;
    if (value !== null) this.#last = Math.max(this.#last, day);
    else if (day === this.#last) {
      while (this.#last >= this.#first && this.on(this.#last) === null) this.#last -= 1;
      if (this.#last < this.#first) this.#last = -Infinity;
    }
  }

  /** The value of a day, in units; null if it is not reported. */
  on(day: number): number | null {
    const units = this.#values[day - this.#first];
    return units === undefined || Number.isNaN(units) ? null : units;
  }

  /** No day before this one is reported. */
  get first(): number {
    return this.#first;
  }

  /** The last day that is reported; -Infinity without any. */
  get last(): number {
    return this.#last;
  }

  /** The run from one day to another, both included. Either may be infinite. */
  over(from: number, to: number): Run {
    let [units, least, most] = [0, Infinity, -Infinity];
    const end = Math.min(to, this.#last) - this.#first;
    for (let i = Math.max(from - this.#first, 0); i <= end; ) {
      const isBlock = i % BLOCK === 0 && i + BLOCK - 1 <= end;
      const run = isBlock ? this.#block(i / BLOCK) : this.#day(i);
      least = Math.min(least, units + run.least);
      most = Math.max(most, units + run.most);
      units += run.units;
      i += isBlock ? BLOCK : 1;
    }
    return { units, least, most };
  }

  #day(i: number): Run {
    const units = this.on(this.#first + i) ?? 0;
    return { units, least: units, most: units };
  }

  #block(b: number): Run {
    const known = this.#blocks[b];
    if (known) return known;
    let [units, least, most] = [0, Infinity, -Infinity];
    for (let i = b * BLOCK; i < (b + 1) * BLOCK; i++) {
      units += this.on(this.#first + i) ?? 0;
      least = Math.min(least, units);
      most = Math.max(most, units);
    }
    const run = { units, least, most };
    this.#blocks[b] = run;
    return run;
  }

  /** Makes room for a day, and as many days as there are on that side of them, so that the next ones find room. */
  #makeRoom(day: number): void {
    const { length } = this.#values;
    const wanted = Math.floor(day / BLOCK) * BLOCK;
    if (length > 0 && day >= this.#first && day < this.#first + length) return;
    const isEarlier = day < this.#first;
    const first = length === 0 ? wanted : isEarlier ? Math.min(wanted, this.#first - length) : this.#first;
    const end = length === 0 ? wanted + BLOCK : this.#first + length;
    const values = new Float64Array((isEarlier ? end : Math.max(wanted + BLOCK, end + length)) - first);
    values.fill(Number.NaN);
    values.set(this.#values, length === 0 ? 0 : this.#first - first);
    this.#values = values;
    this.#first = first;
    this.#blocks = [];
  }
}
