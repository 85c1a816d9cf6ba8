import type { Change, Figures } from '../../model/change.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import { codedFault } from '../../model/coded-fault.ts';
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
import { checkTotals } from './total-columns.ts';
import { totalsTooLarge } from './total-limits.ts';

/** The result of an import: its change (null if nothing changes), the fields of the answer, and the faults. */
export type ImportResult = {
  readonly change: Change | null;
  /** Fields of the answer besides those of every write. */
  readonly more: JsonObject;
  /** More of them if nothing is written. An answer to a write is kept, so it must not hold figures: they can be erased. */
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
  const foreign = foreignColumns(context, site, file);
  if (!foreign.ok) return refuse(foreign.problem);
  const faults = [...file.faults];
  const notes = [...file.notes, ...foreign.value];
  const { days, corrected, empty } = differences(context, file);
  const names = new Set(Object.values(days).flatMap((values) => Object.keys(values)));
  const dates = Object.keys(days).sort();
  const count = Object.values(days).reduce((sum, values) => sum + Object.keys(values).length, 0);
  if (corrected.length > 0 && reason === undefined) {
    if (dryRun) notes.push(noteOf('reason-needed', { count: corrected.length }));
    else faults.push(reasonFault(corrected));
  }
  if (faults.length === 0) {
    const totals = checkTotals(context, site, days, file);
    faults.push(...totals.faults);
    notes.push(...totals.notes);
  }
  for (const { flow, code, params } of totalsTooLarge(context, site, days)) {
    const fault = codedFault(FILE_POINTER, code, params);
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

/** What a file changes, the public figures among that in words, and how many figures of the site its empty cells have. */
function differences(context: CallContext, file: FiguresFile) {
  const days: Record<CivilDate, Figures> = {};
  const corrected: string[] = [];
  let empty = 0;
  for (const [date, values] of file.days) {
    const changed = changedFigures(context, date, values);
    corrected.push(...correctedFigures(context, date, changed));
    if (Object.keys(changed).length > 0) days[date] = changed;
    empty += emptyCells(context, file, date, values);
  }
  return { days, corrected, empty };
}

function emptyCells(
  context: CallContext,
  { columns }: FiguresFile,
  date: CivilDate,
  values: Figures,
): number {
  if (columns.every(({ metric }) => metric in values)) return 0;
  const cells = context.rows.day(date)?.cells;
  return columns.filter(({ metric }) => !(metric in values) && (cells?.[metric]?.[0] ?? null) !== null)
    .length;
}

const range = (dates: readonly string[]): JsonObject => {
  const [first, last] = [dates[0], dates.at(-1)];
  return first === undefined || last === undefined ? {} : { first, last };
};
