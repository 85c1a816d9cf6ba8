import { isCollection } from '../model/collections/registry.ts';
import { parseItemId } from '../model/item.ts';
import type { JsonObject } from '../model/json.ts';
import type { Caller } from './calls/context.ts';
import type { RenderFault } from './documents/render-faults.ts';
import { LedgerStore } from './ledger/ledger-store.ts';
import { SqlRows } from './ledger/sql-rows.ts';
import { lastError } from './publish/failure.ts';
import type { Publisher } from './publish/publisher.ts';

/** The most faults that `status` lists. */
const MAX_FAULTS = 100;

/**
 * The body of `GET status`. The operator sees all; an agency sees the faults of its own items, and of a failure to publish
 * only that there is one.
 */
export function statusOf(
  publisher: Publisher,
  sql: SqlStorage,
  caller: Pick<Caller, 'role' | 'agency'>,
): JsonObject {
  const isForOperator = caller.role === 'operator';
  const faults = publisher.faults().filter((fault) => isForOperator || concerns(fault, caller.agency, sql));
  return {
    release: publisher.lastRelease()?.n ?? null,
    pending: publisher.isPending(),
    lastError: lastError(sql, faults, isForOperator),
    entries: new LedgerStore(sql).lastSeq(),
    faults: faults.slice(0, MAX_FAULTS),
  };
}

/** Whether a fault is of an agency's item: the fault names the item, or the agency as the owner of the largest item. */
function concerns({ what, detail }: RenderFault, agency: string | null, sql: SqlStorage): boolean {
  const [collection = '', id = ''] = what.split('/').slice(-2);
  const itemId = parseItemId(id);
  const item = isCollection(collection) && itemId ? new SqlRows(sql).item(collection, itemId) : undefined;
  return item ? item.agency === agency : detail.endsWith(` of ${agency}`);
}
