import type { Cells, Change, Figures } from '../../model/change.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import { FILE_POINTER } from '../../model/figures-file/file-faults.ts';
import { type FiguresFile, readFiguresFile } from '../../model/figures-file/read-figures-file.ts';
import type { Told } from '../../model/figures-file/told.ts';
import type { JsonObject } from '../../model/json.ts';
import { type Note, noteOf } from '../../model/messages.ts';
import { sectionPaths } from '../../model/path.ts';
import { type Fault, ok, type Result, refuse } from '../../model/problem.ts';
import type { Site } from '../../model/site.ts';
import { type CallContext, todayOf } from './context.ts';
import { changedFigures, correctedFigures, reasonFault } from './figures.ts';
import { foreignColumns } from './foreign-columns.ts';
import { shownChanges } from './shown-changes.ts';
import { type StoredDays, storedDays } from './stored-days.ts';
import { checkTotals } from './total-columns.ts';
import { totalsOutOfRange } from './total-limits.ts';

/** The result of an import: its change (null if nothing changes), the fields of the answer, and the faults. */
export type ImportResult = {
  readonly change: Change | null;
  /** Fields of the answer besides those of every write. */
  readonly more: JsonObject;
  /**
   * More of them if nothing is written. An answer to a write is kept, so it must not hold figures: they can be erased.
   */
  readonly shown?: JsonObject;
  /** What to know about the change that is no fault. */
  readonly notes?: readonly Note[];
  readonly changed: readonly string[];
  readonly url: { readonly [language: string]: string };
  readonly faults: readonly Fault[];
};

/** An import of figures, as its body has it. */
export type FiguresImport = Told & {
  readonly figures: string;
  readonly reason?: string;
  readonly dryRun?: boolean;
};

/** The figures of a file that differ from the stored ones, as one change. */
export function readFigures(
  context: CallContext,
  site: Site,
  { figures, reason, dryRun = false, ...told }: FiguresImport,
): Result<ImportResult> {
  const file = readFiguresFile(figures, site, { today: todayOf(context, site), told });
  const stored = storedDays(context, new Set(file.days.keys()));
  const foreign = foreignColumns(context, site, file, stored);
  if (!foreign.ok) return refuse(foreign.problem);
  const faults = [...file.faults];
  const notes = [...file.notes, ...foreign.value];
  const { days, names, count, corrected, empty } = differences(stored, file);
  const dates = [...file.days.keys()].sort();
  if (corrected.length > 0 && reason === undefined) {
    if (dryRun) notes.push(noteOf('reason-needed', { count: corrected.length }));
    else faults.push(reasonFault(corrected));
  }
  if (faults.length === 0) {
    const totals = checkTotals(context, site, days, file);
    faults.push(...totals.faults);
    notes.push(...totals.notes);
  }
  for (const { flow, faultAt } of totalsOutOfRange(context, site, days, stored)) {
    const fault = faultAt(FILE_POINTER);
    faults.push({ ...fault, detail: `${flow} ${fault.detail}` });
  }
  if (empty > 0) notes.push(noteOf('cells-empty', { count: empty }));
  if (count === 0) notes.push(noteOf('nothing-changes'));
  const isShown = faults.length === 0 && (dryRun || count === 0);
  return ok({
    change: count > 0 ? { kind: 'figures', payload: { days } } : null,
    more: { figures: count, ...range(dates) },
    notes,
    ...(isShown ? { shown: { ...shownChanges(context, site, days), file: file.reading } } : {}),
    changed: [...names],
    url: sectionPaths(site, 'data'),
    faults,
  });
}

/**
 * What a file changes and how much, the public figures among that in words, and how many figures of the site its empty
 * cells have.
 */
function differences(stored: StoredDays, file: FiguresFile) {
  const days: Record<CivilDate, Cells> = {};
  const corrected: string[] = [];
  const names = new Set<string>();
  let count = 0;
  let empty = 0;
  for (const [date, values] of file.days) {
    const changed = changedFigures(stored, date, values);
    corrected.push(...correctedFigures(stored, date, changed));
    const changedNames = Object.keys(changed);
    if (changedNames.length > 0) days[date] = changed;
    count += changedNames.length;
    for (const name of changedNames) names.add(name);
    empty += emptyCells(stored, file, date, values);
  }
  return { days, names, count, corrected, empty };
}

function emptyCells(stored: StoredDays, { columns }: FiguresFile, date: CivilDate, values: Figures): number {
  if (Object.keys(values).length === columns.length) return 0;
  const cells = stored.rows.day(date)?.cells;
  return columns.filter(({ metric }) => !(metric in values) && (cells?.[metric]?.[0] ?? null) !== null)
    .length;
}

const range = (dates: readonly string[]): JsonObject => {
  const [first, last] = [dates[0], dates.at(-1)];
  return first === undefined || last === undefined ? {} : { first, last };
};
