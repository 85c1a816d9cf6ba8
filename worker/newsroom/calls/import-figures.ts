import { type Cell, isErased } from '../../model/bulletin.ts';
import type { CellValue } from '../../model/cell-facts.ts';
import type { Cells, Change } from '../../model/change.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import { entriesOf } from '../../model/entries.ts';
import { NOT_REPORTED } from '../../model/figures-file/cell-words.ts';
import type { FileDay } from '../../model/figures-file/figure-cells.ts';
import { FILE_POINTER } from '../../model/figures-file/file-faults.ts';
import { type FiguresFile, readFiguresFile } from '../../model/figures-file/read-figures-file.ts';
import type { Told } from '../../model/figures-file/told.ts';
import type { JsonObject } from '../../model/json.ts';
import { type Note, noteOf } from '../../model/messages.ts';
import { sectionPaths } from '../../model/path.ts';
import { type Fault, ok, type Result, refuse } from '../../model/problem.ts';
import { recordsOf } from '../../model/records.ts';
import { type MetricId, metricOf, type Site } from '../../model/site.ts';
import { type CallContext, todayOf } from './context.ts';
import { correctedFigures, isChange, reasonFault } from './figures.ts';
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
  /** How many faults, at least, were left out. */
  readonly moreFaults?: number;
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
  const dates = file.days.map(({ date }) => date).sort();
  const stored = storedDays(context);
  const { days, names, count, corrected, counts } = differences(stored, site, file);
  const foreign = foreignColumns(context, site, file, names);
  if (!foreign.ok) return refuse(foreign.problem);
  const faults = [...file.faults];
  const notes = [...file.notes, ...foreign.value];
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
    faults.push({ ...fault, params: { ...fault.params, flow }, detail: `${flow} ${fault.detail}` });
  }
  for (const [code, cellCount] of entriesOf(counts))
    if (cellCount > 0) notes.push(noteOf(code, { count: cellCount }));
  if (count === 0) notes.push(noteOf('nothing-changes'));
  if (faults.length === 0 && file.days.every(({ values }) => values.every((value) => value === undefined)))
    notes.push(noteOf('figures-none'));
  const isShown = faults.length === 0 && (dryRun || count === 0);
  return ok({
    change: count > 0 ? { kind: 'figures', payload: { days } } : null,
    more: { figures: count, ...range(dates) },
    notes,
    ...(isShown ? { shown: { ...shownChanges(context, site, days, stored), file: file.reading } } : {}),
    changed: [...names],
    url: sectionPaths(site, 'data'),
    faults,
  });
}

/**
 * What a file changes and how much, the public figures among that in words, and how many of its cells say something else
 * than a number: empty ones where the site has a figure count too.
 */
function differences(stored: StoredDays, site: Site, { columns, days: fileDays }: FiguresFile) {
  const isTotal = columns.map(({ metric }) => metricOf(site, metric)?.kind === 'total');
  const ids = columns.map(({ metric }) => metric);
  const days: Record<CivilDate, Cells> = {};
  const corrected: string[] = [];
  const names = new Set<MetricId>();
  const counts = { 'cells-empty': 0, 'cells-not-reported': 0, 'cells-taken-back': 0 };
  let count = 0;
  const recordOf = cellRecords();
  for (const { date, values } of fileDays) {
    const cells = stored.rows.day(date)?.cells;
    const changed: number[] = [];
    for (const [i, id] of ids.entries()) {
      if (isTotal[i]) continue;
      const value = values[i];
      const cell = cells?.[id];
      if (value === undefined) {
        if ((cell?.[0] ?? null) !== null) counts['cells-empty'] += 1;
        continue;
      }
      if (value === null) counts['cells-taken-back'] += 1;
      else if (value === NOT_REPORTED) counts['cells-not-reported'] += 1;
      if (!isChange(cell, value) || (value === NOT_REPORTED && isNotReported(cell))) continue;
      changed.push(i);
      names.add(id);
    }
    if (changed.length === 0) continue;
    count += changed.length;
    const record = recordOf(ids, changed, values);
    days[date] = record;
    if (cells) corrected.push(...correctedFigures(stored, date, record));
  }
  return { days, names, count, corrected, counts };
}

/** The agency says already that it reports nothing: a file can't say more, and leaves a note as it is. */
const isNotReported = (cell: Cell | undefined): boolean =>
  cell !== undefined && cell[0] === null && !isErased(cell) && cell[3]?.state === 'not-reported';

/** Makes the cells of a day. Days that change the same columns follow each other, so their records are made alike. */
function cellRecords() {
  let key = '';
  let make = recordsOf<MetricId, CellValue>([]);
  return (ids: readonly MetricId[], changed: readonly number[], values: FileDay['values']): Cells => {
    const nextKey = changed.join();
    if (nextKey !== key) {
      key = nextKey;
      make = recordsOf<MetricId, CellValue>(changed.flatMap((i) => ids[i] ?? []));
    }
    return make((i) => values[changed[i] ?? -1] ?? null);
  };
}

const range = (dates: readonly string[]): JsonObject => {
  const [first, last] = [dates[0], dates.at(-1)];
  return first === undefined || last === undefined ? {} : { first, last };
};
