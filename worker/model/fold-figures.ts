import { type Cell, type Day, ERASED, TAKEN_BACK, wasPublic } from './bulletin.ts';
import type { ErasedFigure } from './change.ts';
import type { CivilDate } from './civil-date.ts';
import { entriesOf } from './entries.ts';
import type { Entry } from './ledger.ts';
import type { Rows } from './rows.ts';
import { type AgencyId, type MetricId, metricOf, type Site } from './site.ts';

/**
 * Sets figures of a day, and adds a correction for each that was public before. Gives how many corrections it added.
 * @param offset how many corrections the entry has already
 */
export function setCells(
  rows: Rows,
  entry: Entry,
  date: CivilDate,
  cells: Day['cells'],
  offset: number,
): number {
  const day = rows.day(date);
  const next: Record<MetricId, Cell> = { ...day?.cells };
  let corrections = 0;
  for (const [metric, cell] of entriesOf(cells)) {
    const was = day?.cells[metric];
    const isTakenBack = wasPublic(was) && cell[0] === null && cell[2] === undefined;
    next[metric] = isTakenBack ? [null, cell[1], TAKEN_BACK] : cell;
    if (!wasPublic(was)) continue;
    corrections += 1;
    addFigureCorrection(rows, entry, offset + corrections, { metric, date, was, now: cell });
  }
  rows.putDay(date, { version: (day?.version ?? 0) + 1, cells: next });
  return corrections;
}

function addFigureCorrection(
  rows: Rows,
  entry: Entry,
  n: number,
  { metric, date, was, now }: { metric: MetricId; date: CivilDate; was: Cell; now: Cell },
): void {
  rows.addCorrection({
    ...correctionHead(entry, n),
    agency: ownerOf(rows.settings(), metric, entry.agency),
    kind: 'figure',
    metric,
    date,
    was: was[0],
    wasSeq: was[1],
    ...(was[2] === ERASED ? { wasErased: true } : {}),
    now: now[0],
    ...(now[2] === ERASED ? { nowErased: true } : {}),
  });
}

/**
 * The agency that a correction of a figure names: the author's if it reports the metric, else the first that does. The
 * author of an import may be an agency that only collects figures, but the record names who answers for the figure.
 */
function ownerOf(site: Site | null, metricId: string, author: AgencyId): AgencyId {
  const owners = (site && metricOf(site, metricId)?.agencies) ?? [];
  return owners.includes(author) ? author : (owners[0] ?? author);
}

/** Erases the figures that an entry set and that no later entry has replaced. Each erased number leaves a correction. */
export function eraseCells(
  rows: Rows,
  entry: Entry,
  erasure: { readonly seq: number; readonly figures: readonly ErasedFigure[] },
): void {
  let corrections = 0;
  for (const { date, metric, reported } of erasure.figures) {
    const day = rows.day(date);
    if (!day || !reported || day.cells[metric]?.[1] !== erasure.seq) continue; // a later entry has set this figure
    const erased: Cell = [null, erasure.seq, ERASED];
    rows.putDay(date, { version: day.version + 1, cells: { ...day.cells, [metric]: erased } });
    // The figure was public, and is no longer: the record says so, and why.
    corrections += 1;
    addFigureCorrection(rows, entry, corrections, { metric, date, was: erased, now: [null, entry.seq] });
  }
}

/** What every correction of an entry says. `n` is the correction's number in the entry, from 1. */
export const correctionHead = (entry: Entry, n: number) => ({
  id: `${entry.seq}-${n}`,
  seq: entry.seq,
  at: entry.at,
  agency: entry.agency,
  ...(entry.reason === undefined ? {} : { reason: entry.reason }),
});
