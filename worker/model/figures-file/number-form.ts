import type { CsvRow } from './csv-rows.ts';
import type { FigureColumn } from './figure-columns.ts';
import type { NumberForm } from './number-cell.ts';
import { TOLD, type Told } from './told.ts';

/**
 * The form of a file's numbers: as the caller tells, else with a point before decimals, or a comma where only that fits.
 * @param isOwn whether the file is one of the site's own, whose decimals have a point
 */
export function numberForm(
  rows: readonly CsvRow[],
  columns: readonly FigureColumn[],
  { told, isOwn }: { readonly told: Told; readonly isOwn: boolean },
): NumberForm {
  const thousands = told.thousands === undefined ? '' : TOLD.thousands[told.thousands];
  if (told.decimal !== undefined) return { thousands, decimal: TOLD.decimal[told.decimal], isTold: true };
  // The sign between thousands is not the one before decimals.
  if (thousands === ',' || thousands === '.')
    return { thousands, decimal: thousands === '.' ? ',' : '.', isTold: true };
  return { thousands, ...decimalIn(rows, columns, isOwn) };
}

/** What the numbers of a file show: a sign before one, two or more than three digits can only be before decimals. */
function decimalIn(
  rows: readonly CsvRow[],
  columns: readonly FigureColumn[],
  isOwn: boolean,
): { readonly decimal: '.' | ','; readonly isShown: boolean } {
  let [hasPoint, hasComma, isPoint, isComma] = [false, false, isOwn, false];
  const indexes = columns.map(({ index }) => index);
  for (const { cells } of rows)
    for (const index of indexes) {
      const cell = cells[index] ?? '';
      if (cell.length < SHORTEST_DECIMAL) continue;
      hasPoint ||= cell.includes('.');
      isPoint ||= hasPoint && DECIMAL_POINT.test(cell);
      if (!cell.includes(',')) continue;
      // Two commas are between thousands.
      hasComma ||= cell.indexOf(',') !== cell.lastIndexOf(',');
      isComma ||= DECIMAL_COMMA.test(cell);
    }
  return isComma && !hasPoint && !hasComma
    ? { decimal: ',', isShown: true }
    : { decimal: '.', isShown: isPoint && !isComma };
}

/** A digit, a sign, a digit. */
const SHORTEST_DECIMAL = 3;
const DECIMAL_COMMA = /^-?\d+,(?:\d{1,2}|\d{4,})(?:e[+-]?\d+)?$/i;
const DECIMAL_POINT = /^-?(?:\d+\.(?:\d{1,2}|\d{4,})|0\d*\.\d{3})(?:e[+-]?\d+)?$/i;
