import type { JsonObject } from '../model/json.ts';
import { LedgerStore } from './ledger/ledger-store.ts';
import { lastError } from './publish/failure.ts';
import type { Publisher } from './publish/publisher.ts';

/** The most faults that `status` lists. */
const MAX_FAULTS = 100;

/** The body of `GET status`. */
export function statusOf(publisher: Publisher, sql: SqlStorage): JsonObject {
  const faults = publisher.faults();
  return {
    release: publisher.lastRelease()?.n ?? null,
    pending: publisher.isPending(),
    lastError: lastError(sql, faults),
    entries: new LedgerStore(sql).lastSeq(),
    signed: publisher.isSigned(),
    faults: faults.slice(0, MAX_FAULTS),
  };
}
