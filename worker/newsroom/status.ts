import { isCollection } from '../model/collections/registry.ts';
import type { Instant } from '../model/instant.ts';
import { parseItemId } from '../model/item.ts';
import type { JsonObject } from '../model/json.ts';
import { choiceProblem, NAMED_KINDS } from '../model/named-contacts.ts';
import type { Caller } from './calls/context.ts';
import type { RenderFault } from './documents/render-faults.ts';
import { LedgerStore } from './ledger/ledger-store.ts';
import type { SqlRows } from './ledger/sql-rows.ts';
import { overLimits } from './over-limits.ts';
import { lastError } from './publish/failure.ts';
import type { Publisher } from './publish/publisher.ts';

/** The most faults that `status` lists. */
const MAX_FAULTS = 100;

/**
 * The body of `GET status`. The operator sees all; an agency sees the faults of its own items, and of a failure to
 * publish only that there is one.
 */
export function statusOf(
  publisher: Publisher,
  sql: SqlStorage,
  rows: SqlRows,
  { caller, now }: { readonly caller: Pick<Caller, 'role' | 'agency'>; readonly now: Instant },
): JsonObject {
  const isForOperator = caller.role === 'operator';
  const faults = publisher.faults().filter((fault) => isForOperator || concerns(fault, caller.agency, rows));
  return {
    release: publisher.lastRelease()?.n ?? null,
    pending: publisher.isPending(),
    lastError: lastError(sql, faults, isForOperator),
    entries: new LedgerStore(sql).lastSeq(),
    signed: publisher.isSigned(),
    faults: faults.slice(0, MAX_FAULTS),
    fallbacks: fallbacksOf(rows),
    over: overLimits(rows, now, sql.databaseSize),
  };
}

/** The contacts that the settings choose but readers can't see in their place, and what they see instead. */
function fallbacksOf(rows: SqlRows): readonly JsonObject[] {
  const site = rows.settings();
  return NAMED_KINDS.flatMap((setting) => {
    const contact = site?.[setting];
    if (contact === undefined) return [];
    const problem = choiceProblem(setting, contact, rows.item('contacts', contact));
    const next = 'choose another in the settings; until then, pages show what they show without this setting';
    return problem === null ? [] : [{ setting, contact, detail: `${problem.detail}: ${next}` }];
  });
}

/** Whether a fault is of an agency's item: the fault names the item, or the agency as the owner of the largest item. */
function concerns({ what, detail }: RenderFault, agency: string | null, rows: SqlRows): boolean {
  const [collection = '', id = ''] = what.split('/').slice(-2);
  const itemId = parseItemId(id);
  const item = isCollection(collection) && itemId ? rows.item(collection, itemId) : undefined;
  return item ? item.agency === agency : detail.endsWith(` of ${agency}`);
}
