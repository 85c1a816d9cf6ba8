import type { JsonObject } from '../model/json.ts';
import { choiceProblem, NAMED_KINDS } from '../model/named-contacts.ts';
import { LedgerStore } from './ledger/ledger-store.ts';
import type { SqlRows } from './ledger/sql-rows.ts';
import { lastError } from './publish/failure.ts';
import type { Publisher } from './publish/publisher.ts';

/** The most faults that `status` lists. */
const MAX_FAULTS = 100;

/** The body of `GET status`. */
export function statusOf(publisher: Publisher, sql: SqlStorage, rows: SqlRows): JsonObject {
  const faults = publisher.faults();
  return {
    release: publisher.lastRelease()?.n ?? null,
    pending: publisher.isPending(),
    lastError: lastError(sql, faults),
    entries: new LedgerStore(sql).lastSeq(),
    faults: faults.slice(0, MAX_FAULTS),
    fallbacks: fallbacksOf(rows),
  };
}

/** The contacts that the settings choose but readers can't see in their place, and what they see instead. */
function fallbacksOf(rows: SqlRows): readonly JsonObject[] {
  const site = rows.settings();
  return NAMED_KINDS.flatMap((setting) => {
    const contact = site?.[setting];
    if (contact === undefined) return [];
    const problem = choiceProblem(setting, rows.item('contacts', contact));
    const next = 'choose another in the settings; until then, pages show what they show without this setting';
    return problem === null ? [] : [{ setting, contact, detail: `contact ${contact} ${problem}: ${next}` }];
  });
}
