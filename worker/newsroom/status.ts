import type { Instant } from '../model/instant.ts';
import type { JsonObject } from '../model/json.ts';
import { LedgerStore } from './ledger/ledger-store.ts';
import { SqlRows } from './ledger/sql-rows.ts';
import { overLimits } from './over-limits.ts';
import { lastError } from './publish/failure.ts';
import type { Publisher } from './publish/publisher.ts';

/** The most faults that `status` lists. */
const MAX_FAULTS = 100;

/** The body of `GET status`. */
export function statusOf(publisher: Publisher, sql: SqlStorage, now: Instant): JsonObject {
  const faults = publisher.faults();
  return {
    release: publisher.lastRelease()?.n ?? null,
    pending: publisher.isPending(),
    lastError: lastError(sql, faults),
    entries: new LedgerStore(sql).lastSeq(),
    faults: faults.slice(0, MAX_FAULTS),
    over: overLimits(new SqlRows(sql), now),
  };
}
