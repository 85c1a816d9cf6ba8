import { ok, type Result } from '../../model/problem.ts';
import { STAFF_PATH } from '../../model/staff/calls.ts';
import type { StaffRoute } from '../../model/staff/request.ts';
import { paginate } from '../ledger/paginate.ts';
import { type CallContext, type ReadResult, unknownId } from './context.ts';
import { cursorOf } from './cursor.ts';

/** `GET ledger`: entries, oldest first, so that a reader can verify the chain while reading. */
export function listLedger(context: CallContext, { query }: StaffRoute<'list-ledger'>): Result<ReadResult> {
  const cursor = cursorOf('after', query, seqOf);
  if (!cursor.ok) return cursor;
  const { items, hasMore } = paginate(context.ledger.entries(cursor.value ?? 0));
  const next = hasMore ? `${STAFF_PATH}/ledger?after=${items.at(-1)?.seq}` : null;
  return ok({ body: { items, next } });
}

/** `GET ledger/{seq}`: one entry. */
export function getEntry(
  context: CallContext,
  { params: { seq } }: StaffRoute<'get-entry'>,
): Result<ReadResult> {
  const entry = context.ledger.entry(seqOf(seq) ?? 0);
  return entry ? ok({ body: entry }) : unknownEntry(seq);
}

/** The seq of an entry; null for a text that is none. */
export const seqOf = (text: string): number | null => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : null);

/** 404 for an entry. */
export const unknownEntry = (seq: string) => unknownId('entry-unknown', { id: seq });
