import {
  type Cell,
  type Correction,
  type Day,
  ERASED,
  isCorrection,
  isErased,
  marked,
  publicCell,
  REPLACED,
  wasPublic,
} from './bulletin.ts';
import type { Erasure } from './change.ts';
import type { CivilDate } from './civil-date.ts';
import { entriesOf } from './entries.ts';
import { type Entry, shownBefore } from './ledger.ts';
import type { Rows } from './rows.ts';
import { type AgencyId, type MetricId, metricOf, type Site } from './site.ts';

/**
 * Sets figures of a day, and adds a correction for each that was public before the entry. Gives how many corrections it
 * added.
 * @param offset how many corrections the entry has already
 */
export function setCells(
  rows: Rows,
  entry: AppliedEntry,
  date: CivilDate,
  cells: Day['cells'],
  offset: number,
): number {
  const day = rows.day(date);
  const next: Record<MetricId, Cell> = { ...day?.cells };
  let corrections = 0;
  for (const [metric, cell] of entriesOf(cells)) {
    const was = publicCell(day?.cells[metric], shownBefore(entry));
    next[metric] = cell;
    if (!wasPublic(was, shownBefore(entry))) continue;
    next[metric] = marked(cell, REPLACED);
    if (!isCorrection(was, cell, shownBefore(entry))) {
      next[metric] = withBefore(next[metric], was);
      continue;
    }
    corrections += 1;
    addFigureCorrection(rows, entry, offset + corrections, { metric, date, was, now: cell });
  }
  rows.putDay(date, { version: (day?.version ?? 0) + 1, cells: next });
  return corrections;
}

/** A later reading with what was public before it, without notes. */
function withBefore([value, seq, marks = 0, facts = {}]: Cell, [before, ...was]: Cell): Cell {
  const [wasSeq, wasMarks = 0, { at } = {}] = was;
  return [
    value,
    seq,
    marks,
    facts,
    at === undefined ? [before, wasSeq, wasMarks] : [before, wasSeq, wasMarks, { at }],
  ];
}

type FigureCorrection = Extract<Correction, { kind: 'figure' }>;

function addFigureCorrection(
  rows: Rows,
  entry: AppliedEntry,
  n: number,
  {
    metric,
    was,
    now,
    ...when
  }: Pick<FigureCorrection, 'metric' | 'date' | 'until' | 'figures'> & { was: Cell; now: Cell },
): void {
  rows.addCorrection({
    ...correctionHead(entry, n),
    agency: ownerOf(rows.settings(), metric, entry.agency),
    kind: 'figure',
    metric,
    ...when,
    was: was[0],
    wasSeq: was[1],
    ...(isErased(was) ? { wasErased: true } : {}),
    now: now[0],
    ...(isErased(now) ? { nowErased: true } : {}),
    ...(was[1] > shownBefore(entry) ? { wasUnshown: true } : {}),
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

/**
 * Erases the figures that an entry set and that no later entry has replaced. The erased numbers of a metric leave one
 * correction, because an import may hold tens of thousands.
 */
export function eraseCells(rows: Rows, entry: AppliedEntry, erasure: Erasure): void {
  const erasedCell = (cell: Cell | undefined): Cell => {
    const [marks, at, before] = [cell?.[2] ?? 0, cell?.[3]?.at, cell?.[4]];
    if (at === undefined) return marked([null, erasure.seq, marks], ERASED);
    const facts = { at };
    return marked(
      before ? [null, erasure.seq, marks, facts, before] : [null, erasure.seq, marks, facts],
      ERASED,
    );
  };
  const withoutFacts = (cell: Cell | undefined): Cell =>
    cell?.[2] ? [null, erasure.seq, cell[2]] : [null, erasure.seq];
  const withErasedBefore = (cell: Cell | undefined): Cell | undefined => {
    if (!cell?.[4]) return cell;
    const [value, seq, marks = 0, facts = {}, before] = cell;
    return [value, seq, marks, facts, erasedCell(before)];
  };
  // Of a figure that was never public, nothing is left to say.
  const after = (cell: Cell | undefined): Cell =>
    wasPublic(cell, shownBefore(entry)) ? erasedCell(cell) : [null, erasure.seq];
  const datesOf = new Map<MetricId, CivilDate[]>();
  const erased = erasure.figures.filter((figure) => figure.reported || figure.facts);
  for (const [date, figures] of Map.groupBy(erased, (figure) => figure.date)) {
    const day = rows.day(date);
    const current = figures.filter(({ metric }) => day?.cells[metric]?.[1] === erasure.seq);
    const under = figures.filter(({ metric }) => day?.cells[metric]?.[4]?.[1] === erasure.seq);
    if (!day || current.length + under.length === 0) continue; // later entries have set these figures
    const cells = Object.fromEntries([
      ...current.map(({ metric, reported }) => [
        metric,
        reported ? after(day.cells[metric]) : withoutFacts(day.cells[metric]),
      ]),
      ...under.map(({ metric }) => [metric, withErasedBefore(day.cells[metric])]),
    ]);
    rows.putDay(date, { version: day.version + 1, cells: { ...day.cells, ...cells } });
    for (const { metric, reported } of current) {
      if (!reported || !wasPublic(day.cells[metric], shownBefore(entry))) continue;
      const dates = datesOf.get(metric);
      if (dates) dates.push(date);
      else datesOf.set(metric, [date]);
    }
  }
  let corrections = 0;
  for (const [metric, dates] of datesOf) {
    // The figures were public, and are no longer: the record says so, and why.
    corrections += 1;
    const [date, ...others] = dates.sort();
    const until = others.at(-1);
    if (date === undefined) continue;
    addFigureCorrection(rows, entry, corrections, {
      metric,
      date,
      ...(until === undefined ? {} : { until, figures: dates.length }),
      was: erasedCell(undefined),
      now: [null, entry.seq],
    });
  }
}

/** An entry as the fold applies it: with whether it had a reason that the operator has erased. */
export type AppliedEntry = Entry & { readonly reasonErased?: true };

/** What every correction of an entry says. `n` is the correction's number in the entry, from 1. */
export const correctionHead = (entry: AppliedEntry, n: number) => ({
  id: `${entry.seq}-${n}`,
  seq: entry.seq,
  at: entry.at,
  agency: entry.agency,
  ...(entry.reason === undefined ? {} : { reason: entry.reason }),
  ...(entry.reasonErased ? { reasonErased: true as const } : {}),
});
