/** Marks that no reader sees: of direction, of the order of bytes, of no width. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\u061c\ufeff]/g;

/**
 * A cell as it is meant: without invisible marks and the spaces around it, with digits 0 to 9 for those of Arabic and
 * Persian (U+0660, U+06F0), and with a hyphen for the minus sign (U+2212).
 */
export const cleanCell = (cell: string): string =>
  isPlain(cell)
    ? cell
    : cell
        .replace(INVISIBLE, '')
        .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
        .replaceAll('\u2212', '-')
        .trim();

/** Whether a cell needs no cleaning, as nearly all: a file has half a million, and an expression takes longer than this. */
function isPlain(cell: string): boolean {
  const last = cell.length - 1;
  for (let i = 0; i <= last; i++) {
    const code = cell.charCodeAt(i);
    if (code < 0x20 || code > 0x7e || (code === 0x20 && (i === 0 || i === last))) return false;
  }
  return true;
}

/** A cell in a message: in one line, and cut. */
export const shownCell = (cell: string): string => {
  const text = cell.replace(INVISIBLE, '').replace(/\s+/g, ' ').trim();
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN).toWellFormed()}…`;
};

const MAX_SHOWN = 60;

/** The letters of a column, as spreadsheets name it: 0 is A, 26 is AA. */
export const columnLetters = (index: number): string =>
  (index >= 26 ? columnLetters(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));
