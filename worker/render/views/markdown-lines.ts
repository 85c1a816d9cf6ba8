import type { MarkdownIt } from 'markdown-it';

// What keyboards and word processors put around the first mark of a line, where it hides the mark from the parser:
// marks of direction, joiners, a byte order mark; spaces that are not ASCII.
const MARKS = '\\u061c\\u200b-\\u200f\\u2060\\ufeff';
const SPACES = '\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000';
const ODD = `${MARKS}${SPACES}`;
const ARABIC_DIGITS = '\\u0660-\\u0669\\u06f0-\\u06f9';
const BULLET = `(?:[-+*]|#{1,6}|\\d{1,9}[.)]|[${ARABIC_DIGITS}]{1,3}[.)])(?=[ \\t${ODD}]|$)`;
const LINE = new RegExp(
  `^([ \\t>]*)([${ODD}][ \\t${ODD}]*)?(${BULLET}|>|\`\`\`|~~~|\\|)((?:[${MARKS}]+[ \\t]|[${MARKS}]*[${SPACES}])?)`,
  'gmu',
);
const MAY_CHANGE = new RegExp(`[${ODD}${ARABIC_DIGITS}]`, 'u');
const ARABIC_DIGIT = new RegExp(`[${ARABIC_DIGITS}]`, 'gu');

/**
 * A source whose lines begin as the parser knows it: with digits 0 to 9 in the number of a list's item, and with spaces
 * for marks and special spaces around the first mark. All characters keep their positions.
 */
const readable = (source: string): string =>
  MAY_CHANGE.test(source)
    ? source.replace(
        LINE,
        (_, before: string, odd: string | undefined, mark: string, after: string) =>
          before +
          ' '.repeat(odd?.length ?? 0) +
          mark.replace(ARABIC_DIGIT, (digit) => String(digit.charCodeAt(0) & 15)) +
          ' '.repeat(after.length),
      )
    : source;

/**
 * Lets a mark of Markdown at the beginning of a line count although marks of direction or special spaces stand around
 * it, and reads lists that Arabic-Indic or Persian digits number. The text of a paragraph or of code stays as written.
 */
export function readArabicLines(markdown: MarkdownIt): void {
  const { block, core } = markdown;
  block.State = class extends block.State {
    readonly #written: string;
    constructor(...[source, ...others]: ConstructorParameters<MarkdownIt['block']['State']>) {
      super(readable(source), ...others);
      this.#written = source;
    }
    override getLines(...lines: Parameters<InstanceType<MarkdownIt['block']['State']>['getLines']>) {
      const read = this.src;
      this.src = this.#written;
      const text = super.getLines(...lines);
      this.src = read;
      return text;
    }
  };
  core.ruler.after('block', 'arabic_numerals', ({ src, tokens }) => {
    if (!MAY_CHANGE.test(src)) return;
    const lines = src.split('\n');
    for (const token of tokens) {
      if (token.type !== 'ordered_list_open') continue;
      const digit = /\p{Nd}/u.exec(lines[token.map?.[0] ?? -1] ?? '')?.[0] ?? '';
      if (digit > '9') token.attrPush(['class', digit < '\u06f0' ? 'arabic' : 'persian']);
    }
  });
}
