import type { Cell } from './bulletin.ts';
import type { CivilDate } from './civil-date.ts';
import type { Texts } from './validation/text.ts';

/**
 * What is known of a figure beside its number. `at`: the hour it was read at, `HH:MM` in the site's zone.
 * `provisionalUntil`: the last day on which it may still change by itself. `state`: the agency says that it reports
 * nothing, which is not the same as silence. `note`: in words.
 */
export type Facts = {
  readonly at?: string;
  readonly provisionalUntil?: CivilDate;
  readonly state?: 'not-reported';
  readonly note?: Texts;
};

/**
 * A figure as the ledger and the calls have it: its number (null: not reported), alone or with what else is known.
 * `earlier`: a reading that came after one of a later hour. The ledger keeps it, and the day's figure stays the later one.
 */
export type CellValue = number | null | ({ readonly value: number | null; readonly earlier?: true } & Facts);

/** Whether a figure of the ledger is a reading that is not the day's. */
export const isEarlierReading = (cell: CellValue): boolean =>
  typeof cell === 'object' && cell?.earlier === true;

/** The number of a figure; null if it is not reported. */
export const numberOf = (cell: CellValue): number | null =>
  typeof cell === 'object' && cell !== null ? cell.value : cell;

/** What is known of a figure beside its number; undefined if nothing is. */
export function factsOf(cell: CellValue): Facts | undefined {
  if (typeof cell !== 'object' || cell === null) return undefined;
  const { value: _, earlier: _earlier, ...facts } = cell;
  return Object.keys(facts).length > 0 ? facts : undefined;
}

/** The row of a figure that an entry sets. */
export function rowOf(cell: CellValue, seq: number): Cell {
  const facts = factsOf(cell);
  return facts ? [numberOf(cell), seq, 0, facts] : [numberOf(cell), seq];
}
