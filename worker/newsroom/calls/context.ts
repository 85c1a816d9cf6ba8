import type { Change } from '../../model/change.ts';
import { type CivilDate, civilDateAt } from '../../model/civil-date.ts';
import type { Instant } from '../../model/instant.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { type Problem, type Result, refuse } from '../../model/problem.ts';
import type { AgencyId, Site } from '../../model/site.ts';
import type { LedgerStore } from '../ledger/ledger-store.ts';
import type { Outcome } from '../ledger/outcome.ts';
import type { SqlRows } from '../ledger/sql-rows.ts';
import type { StaffKeys } from '../ledger/staff-keys.ts';

/** What a call is judged by: the rows as they are now, the clock, and who calls. */
export type CallContext = {
  readonly rows: SqlRows;
  readonly ledger: LedgerStore;
  readonly keys: StaffKeys;
  readonly now: Instant;
  readonly caller: Caller;
  /** What `GET status` tells of publishing. */
  readonly status: () => JsonObject;
};

/**
 * Who calls, and in whose name: an agency by its key, or the operator for the agency that is named, else for the one that
 * operates the site. Only that agency's own metrics and items may be written. No agency before there are settings.
 */
export type Caller = {
  readonly key: string;
  readonly role: 'operator' | 'publisher';
  readonly agency: AgencyId | null;
  /** Whether the operator names the agency: else it is the site's own. */
  readonly isNamed: boolean;
};

/** What a write sends: its body, its precondition, and a key that was drawn for it. */
export type WriteRequest = {
  readonly body: Json;
  readonly ifMatch: string | null;
  readonly issued: { readonly id: string; readonly token: string } | null;
};

/** What a write comes to. Nothing has happened yet: the Newsroom carries it out in one transaction. */
export type Effect =
  /** Nothing changes: the answer, given once what it shows is public. */
  | { readonly kind: 'unchanged'; readonly outcome: Outcome }
  /** A ledger entry in the name of an agency; the outcome may depend on its seq. */
  | {
      readonly kind: 'change';
      readonly change: Change;
      readonly agency: AgencyId;
      readonly reason: string | undefined;
      readonly outcome: (seq: number) => Outcome;
      /** More to write in the same transaction. */
      readonly also?: () => void;
    }
  /** Rows that are no part of the ledger (staff keys). `publish`: whether the release has to follow. */
  | {
      readonly kind: 'rows';
      readonly write: () => void;
      readonly publish: boolean;
      readonly outcome: Outcome;
    };

/** A read's answer. `version` is that of what the body shows, for `ETag`. */
export type ReadResult = { readonly body: Json; readonly version?: number };

/** The site's settings and the agency a call is made for, or the refusal of what can't be judged without them. */
export function settled(context: CallContext): Result<{ readonly site: Site; readonly agency: AgencyId }> {
  const known = context.rows.site();
  const { agency } = context.caller;
  return known && agency !== null
    ? { ok: true, value: { site: known.site, agency } }
    : refuse({
        kind: 'conflict',
        status: 409,
        detail: 'the site has no settings yet: PUT /api/v1/staff/site comes first',
      });
}

/** The site's today. */
export const todayOf = (context: CallContext, site: Site): CivilDate =>
  civilDateAt(context.now, site.timeZone);

/** Refuses what is another agency's. */
export const ownedBy = (context: CallContext, owner: AgencyId, what: string): Problem | null =>
  context.caller.agency === owner
    ? null
    : forbidden(
        `${what} is the agency ${owner}'s, and this call is made for ${context.caller.agency} (the operator names an agency in the header Nashra-Agency)`,
      );

/** 403 with its reason. */
export const forbidden = (detail: string): Problem => ({ kind: 'forbidden', status: 403, detail });

/** 404 of an id. */
export const unknownId = (detail: string) => refuse({ kind: 'not-found', status: 404, detail });

/** 409 with its reason. */
export const conflict = (detail: string) => refuse({ kind: 'conflict', status: 409, detail });
