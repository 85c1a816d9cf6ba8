import { exact } from './around.ts';

/** A way in which a number is mistyped, and the number that was meant as far as it can be known. */
export type Slip =
  /** `power`: the value is 10^power times what is usual. The digits that were lost are not known. */
  | { readonly code: 'power-of-ten'; readonly power: number }
  | { readonly code: 'sign' | 'digits-doubled' | 'digits-swapped'; readonly perhaps: number };

/**
 * The slip that explains a value; null if none does.
 * @param unit of the last decimal that the values have
 * @param fits whether a number would be usual
 */
export function slipOf(value: number, unit: number, fits: (number: number) => boolean): Slip | null {
  if (value === 0) return null;
  const powers = [1, -1, 2, -2, 3, -3].filter((power) => fits(value / 10 ** power));
  // 1103 is not ten times a whole number: a digit may have been typed twice.
  const exactPower = powers.find((power) => isWhole(value / 10 ** power / unit));
  if (exactPower !== undefined) return { code: 'power-of-ten', power: exactPower };
  const opposite = fits(-value) ? ({ code: 'sign', perhaps: -value } as const) : null;
  if (opposite && value < 0) return opposite;
  const single = withoutRepeated(value).find(fits);
  if (single !== undefined) return { code: 'digits-doubled', perhaps: single };
  const [power] = powers;
  if (power !== undefined) return { code: 'power-of-ten', power };
  if (opposite) return opposite;
  const swapped = withNeighboursSwapped(value).find(fits);
  return swapped === undefined ? null : { code: 'digits-swapped', perhaps: swapped };
}

const isWhole = (number: number): boolean => Math.abs(number - Math.round(number)) < 1e-6;

/** Whether one number may have been typed for another. */
export function isSlip(typed: number, meant: number): boolean {
  if (typed === meant) return false;
  const [a, b] = [String(typed), String(meant)];
  return (
    [10, 100, 1000].some((times) => exact(typed * times) === meant || exact(meant * times) === typed) ||
    typed === -meant ||
    withNeighboursSwapped(typed).includes(meant) ||
    hasOneMore(a, b) ||
    hasOneMore(b, a)
  );
}

/** The numbers that a number would be without one of two equal digits that stand side by side. */
const withoutRepeated = (value: number): readonly number[] =>
  places(value).flatMap(([text, i]) =>
    text[i] === text[i + 1] ? Number(text.slice(0, i) + text.slice(i + 1)) : [],
  );

/** The numbers that a number would be with two of its digits, side by side, in the other order. */
const withNeighboursSwapped = (value: number): readonly number[] =>
  places(value).flatMap(([text, i]) =>
    text[i] === text[i + 1] ? [] : Number(`${text.slice(0, i)}${text[i + 1]}${text[i]}${text.slice(i + 2)}`),
  );

/** The places of a number's decimal text at which a digit stands beside a digit. */
function places(value: number): readonly (readonly [text: string, index: number])[] {
  const text = String(value);
  return [...text].flatMap((_, i) => (/^\d\d$/.test(text.slice(i, i + 2)) ? [[text, i] as const] : []));
}

/** Whether a text is another with one character more. */
const hasOneMore = (text: string, other: string): boolean =>
  text.length === other.length + 1 &&
  [...text].some((_, i) => text.slice(0, i) + text.slice(i + 1) === other);
