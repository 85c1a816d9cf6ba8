import type { MetricId } from '../site.ts';
import type { Around } from './around.ts';
import { FITS, SUSPECT } from './figure-notes.ts';
import { type Note, noteOf } from './note.ts';
import type { Usual } from './usual.ts';

/** A column of the day, with its new value if it has one, and what is usual for it. */
export type Column = { readonly id: MetricId; readonly value: number | null; readonly usual: Usual };

/** A doubt about several columns, with the columns that it explains. */
export type ColumnNote = { readonly note: Note; readonly columns: readonly MetricId[] };

/** So many columns are named. */
const NAMED = 5;
/** Fewer values that are far from what is usual in their own columns are no shift. */
const MIN_OFF = 2;

/**
 * The doubts about figures that stand in each other's columns: a row that is shifted by one, else two that are swapped.
 * @param columns of all metrics that staff enter, in the order of the settings
 */
export function columnNotes({ date }: Around, columns: readonly Column[]): readonly ColumnNote[] {
  for (const step of [1, -1]) {
    const pairs = columns.flatMap((column, i) => {
      const from = columns[i + step];
      return from && from.value !== null ? [{ column, from }] : [];
    });
    if (pairs.filter(({ from }) => isOff(from)).length < MIN_OFF) continue;
    if (pairs.every(({ column, from }) => fits(column, from.value, SUSPECT))) return [shiftNote(date, pairs)];
  }
  const notes: ColumnNote[] = [];
  const left = new Set(columns.filter(({ usual, value }) => value !== null && usual.distance(value) !== 0));
  for (const one of left) {
    if (!isOff(one)) continue;
    // Columns that look alike fit each other by chance: one must be doubtful by itself, or both suspect.
    const least = isOff(one, 1) ? FITS : SUSPECT;
    const other = [...left].find(
      (column) =>
        column !== one && isOff(column, least) && fits(one, column.value) && fits(column, one.value),
    );
    if (!other) continue;
    left.delete(one);
    left.delete(other);
    const pair = [
      { column: one, from: other },
      { column: other, from: one },
    ];
    notes.push(shiftNote(date, pair));
  }
  return notes;
}

const isOff = ({ value, usual }: Column, least = SUSPECT): boolean =>
  value !== null && Math.abs(usual.distance(value)) > least;
const fits = ({ usual }: Column, value: number | null, within = FITS): boolean =>
  value !== null && Math.abs(usual.distance(value)) <= within;

/** A column, and the one whose value fits it. */
type Pair = { readonly column: Column; readonly from: Column };

function shiftNote(date: Around['date'], pairs: readonly Pair[]): ColumnNote {
  const words = pairs.map(({ column, from }) => `${column.id} ${column.value ?? '–'} → ${from.value}`);
  return {
    columns: pairs.flatMap(({ column, from }) => [column.id, from.id]),
    note: noteOf(
      { code: 'columns-shifted', metric: null, date },
      { columns: words.slice(0, NAMED).join('; ') + (words.length > NAMED ? '; …' : '') },
      Object.fromEntries(
        pairs.flatMap(({ column, from }) => [column, from]).map(({ id, value }) => [id, value]),
      ),
    ),
  };
}
