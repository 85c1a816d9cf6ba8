import { numbersIn, type WrittenNumber } from './written-numbers.ts';

// Letters that turn the digits after them around: of scripts that run from right to left.
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/** The numbers of a text whose order must be kept there: see `numbersIn`. */
export const numbersToKeep = (text: string): readonly WrittenNumber[] =>
  RIGHT_TO_LEFT.test(text) ? numbersIn(text) : [];

/**
 * How an element keeps the order of a number. It is isolated, and a telephone number stays on its line. In Arabic-Indic
 * digits its groups would turn around even so (UAX #9, rule N1), so its direction is overridden.
 */
export function numberElement(
  kind: WrittenNumber['kind'],
  digits: string,
): { readonly tag: 'bdi' | 'bdo'; readonly class?: 'keep' } {
  const tag = /[\u0660-\u0669]/.test(digits) ? 'bdo' : 'bdi';
  return kind === 'signed' ? { tag } : { tag, class: 'keep' };
}

/** Marks each telephone and signed number of a text, for places without elements: with a mark of direction before it. */
export function withMarkedNumbers(text: string): string {
  let marked = '';
  let end = 0;
  for (const { from } of numbersToKeep(text)) {
    marked += `${text.slice(end, from)}\u200e`;
    end = from;
  }
  return marked + text.slice(end);
}
