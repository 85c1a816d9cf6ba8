/** One measurement with its bound, as the bench prints it and other programs read it. */
export type Measured = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The value of the reference in the same run and unit; may be 0. */
  readonly reference: number;
  /** What the reference is, in a few words. */
  readonly against: string;
  /** The value divided by the reference, unless `bound` names another ratio; null where the reference is 0. */
  readonly ratio: number | null;
  readonly bound: string;
  readonly ok: boolean;
};

/** The value that a figure is compared with, and the highest ratio to it, if that is bounded. */
export type Reference = {
  readonly value: number;
  readonly against: string;
  /** The ratio, if it is not value divided by reference. */
  readonly ratio?: number;
  readonly maxRatio?: number;
};

/**
 * A figure that must not exceed `bound`. Both are in `unit`.
 * @param reference the value to compare it with; by default the bound
 */
export function atMost(
  name: string,
  value: number,
  bound: number,
  unit: string,
  reference: Reference = { value: bound, against: 'the bound' },
): Measured {
  const { against, maxRatio } = reference;
  const ratio = reference.ratio ?? (reference.value === 0 ? null : value / reference.value);
  return {
    name,
    value: round(value),
    unit,
    reference: round(reference.value),
    against,
    ratio: ratio === null ? null : round(ratio, 2),
    bound: `<= ${bound} ${unit}${maxRatio === undefined ? '' : `, ratio <= ${maxRatio}`}`,
    ok: value <= bound && (maxRatio === undefined || (ratio !== null && ratio <= maxRatio)),
  };
}

/** The median; of an even count, the lower of the two middle numbers. NaN if there are none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/** Rounds a number to `digits` decimal places, for print. */
export const round = (value: number, digits = 1): number => Number(value.toFixed(digits));
