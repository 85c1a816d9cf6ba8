/** A mark on an axis: its position, 0 to 1 from the beginning of the axis, and its value. */
export type Tick<T> = { readonly position: number; readonly value: T };

/** The range of an axis of values, and its marks, ascending. Both ends are marks, but a 0 at the bottom is not. */
export type ValueAxis = {
  readonly top: number;
  readonly bottom: number;
  readonly ticks: readonly number[];
  /** The finest step that the values allow: 1 for whole numbers, 0.1 for one decimal. */
  readonly finest: number;
};

/** About how many steps the axis has. */
const STEPS = 4;
/** Figures have at most so many decimals. */
const DECIMALS = 3;

/**
 * An axis for values, at least one of them. It has 0, so that a height is in proportion to its value, and what is
 * below. The step is 1, 2 or 5 times a power of ten, and no finer than the values: people are counted in whole numbers.
 */
export function valueAxis(values: readonly number[]): ValueAxis {
  const [lowest, highest] = [Math.min(0, ...values), Math.max(0, ...values)];
  const finest = Number(`1e-${decimalsIn(values)}`);
  const rough = Math.max((highest - lowest) / STEPS, finest);
  const [factor, exponent] = stepFrom(rough, Math.floor(Math.log10(rough)));
  const steps = (value: number) => value / Number(`${factor}e${exponent}`);
  const from = Math.floor(steps(lowest));
  const to = Math.max(Math.ceil(steps(highest)), from + 1);
  // Read as decimals, because three times 0.1 is 0.30000000000000004.
  const valueAt = (n: number) => Number(`${n * factor}e${exponent}`);
  const ticks = Array.from({ length: to - from + 1 }, (_, i) => valueAt(from + i));
  return { top: valueAt(to), bottom: valueAt(from), ticks: from === 0 ? ticks.slice(1) : ticks, finest };
}

function stepFrom(rough: number, power: number): readonly [factor: number, exponent: number] {
  const factor = [1, 2, 5].find((n) => Number(`${n}e${power}`) >= rough);
  return factor === undefined ? [1, power + 1] : [factor, power];
}

/** How many decimals numbers have, at most three: what is less is left over by a sum of doubles. */
export const decimalsIn = (values: readonly number[]): number =>
  Array.from({ length: DECIMALS }, (_, i) => i).find((n) =>
    values.every((value) => Number(value.toFixed(n)) === Number(value.toFixed(DECIMALS))),
  ) ?? DECIMALS;
