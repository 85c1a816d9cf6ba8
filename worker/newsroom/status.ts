import type { Instant } from '../model/instant.ts';
import type { JsonObject } from '../model/json.ts';
import { choiceProblem, NAMED_KINDS } from '../model/named-contacts.ts';
import { LedgerStore } from './ledger/ledger-store.ts';
import type { SqlRows } from './ledger/sql-rows.ts';
import { overLimits } from './over-limits.ts';
import { lastError } from './publish/failure.ts';
import type { Publisher } from './publish/publisher.ts';

/** The most faults that `status` lists. */
const MAX_FAULTS = 100;

/** The body of `GET status`. */
export function statusOf(publisher: Publisher, sql: SqlStorage, rows: SqlRows, now: Instant): JsonObject {
  const faults = publisher.faults();
  return {
    release: publisher.lastRelease()?.n ?? null,
    pending: publisher.isPending(),
    lastError: lastError(sql, faults),
    entries: new LedgerStore(sql).lastSeq(),
    faults: faults.slice(0, MAX_FAULTS),
    fallbacks: fallbacksOf(rows),
    over: overLimits(rows, now),
  };
}

/** The contacts that the settings choose but readers can't see in their place, and what they see instead. */
function fallbacksOf(rows: SqlRows): readonly JsonObject[] {
  const site = rows.settings();
  return NAMED_KINDS.flatMap((setting) => {
    const contact = site?.[setting];
    if (contact === undefined) return [];
    const problem = choiceProblem(setting, rows.item('contacts', contact));
    const instead = `pages show the first ${setting} of the operating agency or of an agency with that right, if there is one`;
    return problem === null
      ? []
      : [{ setting, contact, detail: `contact ${contact} ${problem}: ${instead}` }];
  });
}
