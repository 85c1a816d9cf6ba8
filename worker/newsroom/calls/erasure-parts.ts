import type { InferOutput } from 'valibot';
import type { Change } from '../../model/change.ts';
import { codedFault } from '../../model/coded-fault.ts';
import type { PartsToErase } from '../../model/entry-parts.ts';
import { type Entry, FORM } from '../../model/ledger.ts';
import { type Fault, invalid, ok, type Result } from '../../model/problem.ts';
import type { bodies } from '../../model/staff/bodies.ts';
import { conflict } from './context.ts';

type Body = InferOutput<ReturnType<typeof bodies.erasure>>;

/** The parts of an entry that the body of an erasure names; null if it names none, for the whole entry. */
export function namedParts(entry: Entry, change: Change, body: Body): Result<PartsToErase | null> {
  const { cells, items, entryReason = false } = body;
  if (cells === undefined && items === undefined && !entryReason) return ok(null);
  if (entry.form !== FORM) return conflict('entry-first-form', { entry: entry.seq });
  const faults: Fault[] = [];
  if (entryReason && entry.reason === undefined)
    faults.push(codedFault('#/entryReason', 'erasure-no-reason', { entry: entry.seq }));
  const names = [...namedCells(entry, change, cells, faults), ...namedItems(entry, change, items, faults)];
  if (faults.length === 0 && names.length === 0 && !entryReason)
    faults.push(codedFault('#', 'erasure-of-nothing'));
  if (faults.length > 0) return invalid(faults);
  const groups = new Map<string, Set<string>>();
  for (const [group, name] of names) {
    const inGroup = groups.get(group) ?? new Set();
    groups.set(group, inGroup.add(name));
  }
  return ok({ reason: entryReason, groups });
}

type Names = readonly (readonly [group: string, name: string])[];

function namedCells(entry: Entry, change: Change, cells: Body['cells'], faults: Fault[]): Names {
  if (cells === undefined) return [];
  if (change.kind !== 'figures') {
    faults.push(otherKind('cells', entry));
    return [];
  }
  const { days } = change.payload;
  return cells.map(({ date, metric }, i) => {
    const isThere = Object.hasOwn(days, date) && Object.hasOwn(Object(days[date]), metric);
    if (!isThere)
      faults.push(codedFault(`#/cells/${i}`, 'erasure-no-figure', { entry: entry.seq, metric, date }));
    return [date, metric];
  });
}

function namedItems(entry: Entry, change: Change, items: Body['items'], faults: Fault[]): Names {
  if (items === undefined) return [];
  if (change.kind !== 'items') {
    faults.push(otherKind('items', entry));
    return [];
  }
  const ids = new Set(change.payload.items.map(({ id }) => id));
  const { collection } = change.payload;
  return items.map((id, i) => {
    if (!ids.has(id))
      faults.push(codedFault(`#/items/${i}`, 'erasure-no-item', { entry: entry.seq, collection, id }));
    return [collection, id];
  });
}

const otherKind = (field: 'cells' | 'items', { seq, kind }: Entry): Fault =>
  codedFault(`#/${field}`, 'erasure-other-kind', { entry: seq, kind, field });
