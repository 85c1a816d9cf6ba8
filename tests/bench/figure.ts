/** One measurement beside its bound, as the bench prints it and other programs read it. */
export type Measured = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it was measured against in the same run, in the same unit; 0 where that is nothing at all. */
  readonly reference: number;
  /** What the reference is, in a few words. */
  readonly against: string;
  /** The value as a share of the reference, unless the bound says otherwise; null where the reference is 0. */
  readonly ratio: number | null;
  readonly bound: string;
  readonly ok: boolean;
};

/** What a figure is set beside, and how many times that it may be, if that is bounded. */
export type Reference = {
  readonly value: number;
  readonly against: string;
  /** Where it is not the quotient of the two. */
  readonly ratio?: number;
  readonly maxRatio?: number;
};

/**
 * A figure that must not be larger than `bound`, in `unit`.
 * @param reference what it is set beside; the bound itself where there is nothing else
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

/** The middle of some numbers; of an even count, the lower middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/** A number cut to `digits` places, for print. */
export const round = (value: number, digits = 1): number => Number(value.toFixed(digits));
