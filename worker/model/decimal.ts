/** The most decimals that the figures of a metric may have. */
export const MAX_DECIMALS = 3;

/**
 * The largest whole number of units that the functions below keep exact. Without decimals every whole number up to 2^53-1
 * is a double. With decimals, only up to 15 digits is each decimal a double of its own that JSON prints as it was entered
 * (IEEE 754, DBL_DIG): 9,000,000,000,000.001 and its neighbour would be one number.
 */
export const maxUnits = (decimals: number): number =>
  decimals === 0 ? Number.MAX_SAFE_INTEGER : 999_999_999_999_999;

/** A figure in units of its last decimal, a whole number: 3.42 with two decimals is 342. */
export const toUnits = (value: number, decimals: number): number => Math.round(value * 10 ** decimals);

/** The figure of so many units: the double nearest to the decimal, which prints as the decimal. */
export const fromUnits = (units: number, decimals: number): number => units / 10 ** decimals;

/** Whether a number is the double nearest to a decimal with at most so many decimals, and can be summed exactly. */
export const hasDecimals = (value: number, decimals: number): boolean => {
  const units = toUnits(value, decimals);
  return Math.abs(units) <= maxUnits(decimals) && fromUnits(units, decimals) === value;
};

/** Whether a number is the double nearest to a decimal that some metric can have. */
export const isDecimal = (value: number): boolean =>
  [0, 1, 2, MAX_DECIMALS].some((n) => hasDecimals(value, n));

/**
 * The number in a cell of a file. Null if it is not one, or has more decimals, although they may be zeros: in many countries
 * 1.000 is a thousand.
 */
export function decimalIn(cell: string, decimals: number): number | null {
  const [written, fraction = ''] = /^-?\d{1,16}(?:\.(\d+))?$/.exec(cell) ?? [];
  if (written === undefined || fraction.length > decimals) return null;
  const value = Number(written) + 0; // -0 becomes 0
  return hasDecimals(value, decimals) ? value : null;
}

/** The sum of figures with at most so many decimals. */
export const sumOf = (values: readonly number[], decimals: number): number =>
  fromUnits(
    values.reduce((sum, value) => sum + toUnits(value, decimals), 0),
    decimals,
  );

/** `a - b`, both with at most so many decimals. */
export const differenceOf = (a: number, b: number, decimals: number): number =>
  fromUnits(toUnits(a, decimals) - toUnits(b, decimals), decimals);

/** The mean of figures with at most so many decimals, rounded once: the double nearest to it. NaN of no figures. */
export const meanOf = (values: readonly number[], decimals: number): number =>
  values.reduce((sum, value) => sum + toUnits(value, decimals), 0) / (values.length * 10 ** decimals);
