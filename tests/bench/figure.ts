/** One measurement beside its bound, as the bench prints it and other programs read it. */
export type Measured = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it was measured against in the same run, where there is such a thing. */
  readonly reference?: number;
  readonly ratio?: number;
  readonly bound: string;
  readonly ok: boolean;
};

/** The middle of some numbers; of an even count, the lower middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/** A number cut to `digits` places, for print. */
export const round = (value: number, digits = 1): number => Number(value.toFixed(digits));
