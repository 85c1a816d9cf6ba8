import type { ErasedItem } from '../../model/change.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import type { Collection, ItemId } from '../../model/collections/content.ts';
import type { Erasure } from '../../model/fold.ts';
import type { Json } from '../../model/json.ts';
import { changeOf, type Entry } from '../../model/ledger.ts';
import { ok, type Result, refuse } from '../../model/problem.ts';
import type { MetricId } from '../../model/site.ts';
import { STAFF_PATH } from '../../model/staff-call.ts';
import { exactObject } from '../../model/validation/exact-object.ts';
import { parseWith } from '../../model/validation/parse.ts';
import { pageOf } from '../ledger/paginate.ts';
import { conflict, type Decision, type Desk, operatorOnly, type Reading, unknownId } from './desk.ts';
import { preconditionFailure } from './precondition.ts';
import { reason } from './reason.ts';

/** `GET ledger`: entries, oldest first, so that a reader verifies the chain as it goes. */
export function listLedger(desk: Desk, after: string | null): Result<Reading> {
  const problem = operatorOnly(desk);
  if (problem) return refuse(problem);
  const { items, more } = pageOf(desk.ledger.entries(after === null ? 0 : (seqOf(after) ?? 0)));
  const next = more ? `${STAFF_PATH}/ledger?after=${items.at(-1)?.seq}` : null;
  return ok({ body: { items, next } as unknown as Json });
}

/** `GET ledger/{seq}`: one entry. */
export function getEntry(desk: Desk, seq: string): Result<Reading> {
  const problem = operatorOnly(desk);
  if (problem) return refuse(problem);
  const entry = desk.ledger.entry(seqOf(seq) ?? 0);
  return entry ? ok({ body: entry as unknown as Json }) : unknownEntry(seq);
}

/**
 * `POST ledger/{seq}/erasure`: salt and payload go for good; the head and its hash stay. What `If-Match` speaks of is
 * the erasure: there is none, or its version is 1.
 */
export function eraseEntry(
  desk: Desk,
  seqText: string,
  body: Json,
  ifMatch: string | null,
): Result<Decision> {
  const problem = operatorOnly(desk);
  if (problem) return refuse(problem);
  const entry = desk.ledger.entry(seqOf(seqText) ?? 0);
  if (!entry) return unknownEntry(seqText);
  const parsed = parseWith(exactObject({ reason }), body);
  if (!parsed.ok) return parsed;
  const failure = preconditionFailure(ifMatch, changeOf(entry) ? 0 : 1);
  if (failure) return refuse(failure);
  const marks = marksOf(desk, entry);
  if (!marks.ok) return marks;
  return ok({
    kind: 'change',
    change: { kind: 'erasure', payload: { seq: entry.seq, ...marks.value } },
    agency: desk.caller.agency,
    reason: parsed.value.reason,
    outcome: (seq) => ({ status: 201, id: String(seq), version: 1, location: `${STAFF_PATH}/ledger/${seq}` }),
    also: () => desk.ledger.erase(entry.seq),
  });
}

type Marks = Omit<Erasure, 'seq'>;

/** What an erasure leaves behind of an entry: which figures and items it was about, without a value or a word. */
function marksOf(desk: Desk, entry: Entry): Result<Marks> {
  const change = changeOf(entry);
  if (!change) return conflict(`entry ${entry.seq} is erased already`);
  switch (change.kind) {
    case 'figures':
      return ok({ items: [], figures: figureMarks(change.payload.days) });
    case 'items':
      return itemMarks(
        desk,
        change.payload.collection,
        change.payload.items.map((item) => item.id),
      );
    case 'edit':
      return itemMarks(desk, change.payload.collection, [change.payload.id]);
    case 'withdrawal':
      return ok({ figures: [], items: [], withdrawal: change.payload });
    case 'site':
    case 'erasure':
      return conflict(`entry ${entry.seq} is of kind ${change.kind}, which holds nothing that may be erased`);
    default:
      return change satisfies never;
  }
}

const figureMarks = (days: { readonly [date: string]: { readonly [metric: string]: number | null } }) =>
  Object.entries(days).flatMap(([date, values]) =>
    Object.entries(values).map(([metric, value]) => ({
      date: date as CivilDate,
      metric: metric as MetricId,
      reported: value !== null,
    })),
  );

function itemMarks(desk: Desk, collection: Collection, ids: readonly ItemId[]): Result<Marks> {
  const items: ErasedItem[] = [];
  for (const id of ids) {
    const item = desk.rows.item(collection, id);
    if (!item) throw new Error(`the ledger published ${collection} ${id}, but there is no such row`);
    if (!item.withdrawal)
      return conflict(`${collection} ${id} must be withdrawn before its text can be erased`);
    items.push({ collection, id, agency: item.agency, publishedAt: item.publishedAt });
  }
  return ok({ figures: [], items });
}

const seqOf = (text: string): number | null => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : null);

const unknownEntry = (seq: string) => unknownId(`the ledger has no entry ${seq}`);
