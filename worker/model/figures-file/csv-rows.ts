/** The most columns that a file may have. A site has at most 100 metrics. Blank cells further on are left out. */
export const MAX_COLUMNS = 1000;

/** A row of a spreadsheet with content. `row` counts from 1, and counts empty rows too. */
export type CsvRow = {
  readonly row: number;
  readonly cells: readonly string[];
  /** The last cell is quoted and has no last quote, so it reaches to the end of the file. */
  readonly isOpen: boolean;
};

/**
 * The rows of a CSV, without those whose cells are all blank: RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180) with
 * any separator of one character and any line ends. A quoted cell may hold separators, quotes (twice) and line breaks,
 * so a row of the spreadsheet may take several lines. A quote within a cell that begins without one is a character like
 * others.
 */
export function* csvRows(text: string, separator: string): Generator<CsvRow & { readonly cells: string[] }> {
  const sign = separator.charCodeAt(0);
  let cells: string[] = [];
  let at = 0;
  for (let row = 1; at < text.length; row++) {
    let hasContent = false;
    let isOpen = false;
    const code = text.charCodeAt(at);
    if (code === LF || code === CR) {
      at += code === CR && text.charCodeAt(at + 1) === LF ? 2 : 1;
      continue;
    }
    for (; ; at++) {
      let cell = '';
      if (text.charCodeAt(at) === QUOTE) ({ cell, end: at, isOpen } = quotedCell(text, at, sign));
      else {
        const end = cellEnd(text, at, sign);
        if (end > at) cell = text.slice(at, end);
        at = end;
      }
      if (cell !== '' || cells.length < MAX_COLUMNS) cells.push(cell);
      hasContent ||= cell !== '' && !BLANK.test(cell);
      if (text.charCodeAt(at) !== sign) break;
    }
    at += text.charCodeAt(at) === CR && text.charCodeAt(at + 1) === LF ? 2 : 1;
    if (hasContent) {
      yield { row, cells, isOpen };
      cells = [];
    } else cells.length = 0;
  }
}

const BLANK = /^\s*$/;
const QUOTE = 0x22;
const CR = 0x0d;
const LF = 0x0a;

type QuotedCell = { readonly cell: string; readonly end: number; readonly isOpen: boolean };

/**
 * The quoted cell that begins at a place, and where it ends: before the next separator, line end, or the end of the
 * file.
 */
function quotedCell(text: string, from: number, sign: number): QuotedCell {
  const parts: string[] = [];
  for (let start = from + 1; ; ) {
    const quote = text.indexOf('"', start);
    parts.push(text.slice(start, quote < 0 ? text.length : quote));
    if (quote < 0) return { cell: parts.join('"'), end: text.length, isOpen: true };
    if (text.charCodeAt(quote + 1) === QUOTE) start = quote + 2;
    else {
      // Some programs write a space after the last quote.
      const end = cellEnd(text, quote + 1, sign);
      return { cell: parts.join('"') + text.slice(quote + 1, end).trim(), end, isOpen: false };
    }
  }
}

function cellEnd(text: string, from: number, sign: number): number {
  for (let end = from; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === sign || code === CR || code === LF) return end;
  }
  return text.length;
}
