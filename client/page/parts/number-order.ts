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
  const tag = ARABIC_INDIC.test(digits) ? 'bdo' : 'bdi';
  return kind === 'signed' ? { tag } : { tag, class: 'keep' };
}

/**
 * Keeps the order of each telephone and signed number of a text, for places without elements: with a mark of direction
 * before it, and around what joins groups of Arabic-Indic digits.
 */
export function withMarkedNumbers(text: string): string {
  let marked = '';
  let end = 0;
  for (const { from, to } of numbersToKeep(text)) {
    const digits = text.slice(from, to);
    marked += `${text.slice(end, from)}\u200e`;
    marked += ARABIC_INDIC.test(digits) ? digits.replace(/[^\u0660-\u0669]/g, '\u200e$&\u200e') : digits;
    end = to;
  }
  return marked + text.slice(end);
}

const ARABIC_INDIC = /[\u0660-\u0669]/;
