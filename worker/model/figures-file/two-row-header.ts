import { cleanCell } from './clean-cell.ts';
import { type ColumnNames, type NamedColumn, nameKey } from './column-names.ts';
import type { CsvRow } from './csv-rows.ts';

/** The names of columns that stand in two rows, one below the other. `cells` has the words of both. */
export type TwoRows = {
  readonly cells: readonly string[];
  readonly names: readonly (NamedColumn | undefined)[];
};

/**
 * Reads two rows as one header: groups or metrics above, metrics, units or metrics in another language below. Spreadsheets
 * write a merged cell as its first, with empty ones behind it. A name that stands in both rows must mean one thing: below
 * the name of a metric may stand the same metric, its unit, or nothing, because any other word may change what is counted.
 */
export function twoRows(above: CsvRow, below: CsvRow, names: ColumnNames): TwoRows {
  const width = Math.max(above.cells.length, below.cells.length);
  const cells: string[] = [];
  const named: (NamedColumn | undefined)[] = [];
  let merged = '';
  for (let index = 0; index < width; index++) {
    const upper = cleanCell(above.cells[index] ?? '');
    const lower = cleanCell(below.cells[index] ?? '');
    if (upper !== '') merged = upper;
    cells.push([upper, lower].filter((cell) => cell !== '').join(' '));
    named.push(nameOf(upper, lower, merged, names));
  }
  return { cells, names: named };
}

function nameOf(upper: string, lower: string, merged: string, names: ColumnNames): NamedColumn | undefined {
  if (lower === '') return names.named(upper);
  const found = new Map<string, NamedColumn>();
  for (const text of [upper, lower, `${merged} ${lower}`, `${lower} ${merged}`]) {
    const name = names.named(text);
    if (name) found.set(keyOf(name), name);
  }
  const [only, other] = [...found.values()];
  const unclear: NamedColumn = { kind: 'unclear', above: upper, below: lower };
  if (!only || other) return other && unclear;
  return names.named(upper) && !isSaidOf(only, lower, names) ? unclear : only;
}

const keyOf = (name: NamedColumn): string => (name.kind === 'metrics' ? name.ids.join() : name.kind);

/** Whether a word below a name says nothing new: the same name, the unit of the metric, the form of the dates. */
function isSaidOf(name: NamedColumn, lower: string, { named, unitsOf }: ColumnNames): boolean {
  if (named(lower)) return true;
  if (name.kind === 'date') return DATE_FORM.test(lower);
  return name.kind === 'metrics' && name.ids.every((id) => unitsOf(id).has(unitKey(lower)));
}

/** The form of dates, as people write it below their name. */
const DATE_FORM = /^\(?[dmy]{1,4}([-/. ]?)[dmy]{1,4}\1[dmy]{1,4}\)?$/i;

const unitKey = (text: string): string => nameKey(text.replace(/^[([](.*)[)\]]$/, '$1'));

/** Whether a row below a header may belong to it: it has words below names, no date, and nothing that begins as a figure does. */
export function mayBeHeader({ cells }: CsvRow, date: number, names: ColumnNames): boolean {
  const clean = cells.map(cleanCell);
  const under = clean[date] ?? '';
  if (under !== '' && names.named(under)?.kind !== 'date' && !DATE_FORM.test(under)) return false;
  return (
    clean.some((cell, index) => cell !== '' && index !== date) &&
    clean.every(
      (cell) => !/^[-+(\u2010-\u2015'"]?[\d.,\u066b]/.test(cell) && !/^[-\u2010-\u2015]+$/.test(cell),
    )
  );
}
