import type { Change } from '../../model/change.ts';
import { type CivilDate, civilDateAt } from '../../model/civil-date.ts';
import { coded, type ParamsArgument } from '../../model/coded.ts';
import type { Collection, Content } from '../../model/collections/registry.ts';
import type { Instant } from '../../model/instant.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { MemoryRows } from '../../model/memory-rows.ts';
import type { MessageCode } from '../../model/messages.ts';
import { type Fault, type Problem, type Result, refuse } from '../../model/problem.ts';
import { missingRights } from '../../model/rights.ts';
import { type AgencyId, agencyOf, type Site } from '../../model/site.ts';
import type { Scope } from '../../model/staff/scope.ts';
import type { LedgerStore } from '../ledger/ledger-store.ts';
import type { Outcome } from '../ledger/outcome.ts';
import type { SqlRows } from '../ledger/sql-rows.ts';
import type { StaffKeys } from '../ledger/staff-keys.ts';

/** What decides a call: the current rows, the time, and the caller. */
export type CallContext = {
  readonly rows: SqlRows;
  /** The same in memory, for what would read many rows. The first time after a wake it is loaded. */
  readonly memory: () => MemoryRows;
  readonly ledger: LedgerStore;
  readonly keys: StaffKeys;
  readonly now: Instant;
  /** `seq` of the last entry that may be public. */
  readonly shown: number;
  readonly caller: Caller;
  /** The body of `GET status`. */
  readonly status: () => JsonObject;
};

/**
 * Who makes a call, and for which agency. A publisher acts for the agency of its key; the operator for the agency that
 * the header Nashra-Agency names, else for the agency that operates the site. A call may write only its agency's
 * metrics and items. `agency` is null for the operator before the first settings.
 */
export type Caller = {
  readonly key: string;
  readonly role: 'operator' | 'publisher';
  readonly agency: AgencyId | null;
  /** What the key is limited to, and when it expires; null: nothing, never. */
  readonly scope: Scope | null;
  readonly expires: Instant | null;
  /** Whether the operator names the agency in the header. */
  readonly isNamed: boolean;
};

/** The input of a write: its body, its precondition, and the new key if the call issues one. */
export type WriteRequest = {
  readonly body: Json;
  /** See `StaffCall`. */
  readonly excess: readonly Fault[];
  readonly ifMatch: string | null;
  readonly issued: { readonly id: string; readonly token: string } | null;
};

/** The effect of a write, not yet carried out: the Newsroom does that in one transaction. */
export type Effect =
  /** Nothing changes. The answer waits until the state that it shows is public. */
  | { readonly kind: 'unchanged'; readonly outcome: Outcome }
  /** A ledger entry in the name of an agency; the outcome may depend on its seq. */
  | {
      readonly kind: 'change';
      readonly change: Change;
      readonly agency: AgencyId;
      readonly reason: string | undefined;
      readonly outcome: (seq: number) => Outcome;
      /** Another write in the same transaction. */
      readonly also?: () => void;
    }
  /** Rows outside the ledger (staff keys). `publish`: whether the change needs a new release. */
  | {
      readonly kind: 'rows';
      readonly write: () => void;
      readonly publish: boolean;
      readonly outcome: Outcome;
    };

/** The answer to a read. `version`: the version of what the body shows, for `ETag`. */
export type ReadResult = { readonly body: Json; readonly version?: number };

/** The site's settings and the agency that a call acts for; 409 before the first settings. */
export function siteAndAgency(
  context: CallContext,
): Result<{ readonly site: Site; readonly agency: AgencyId }> {
  const stored = context.rows.site();
  const { agency } = context.caller;
  return stored && agency !== null
    ? { ok: true, value: { site: stored.site, agency } }
    : refuse({
        kind: 'conflict',
        status: 409,
        ...coded('settings-missing'),
      });
}

/** The site's today. */
export const todayOf = (context: CallContext, site: Site): CivilDate =>
  civilDateAt(context.now, site.timeZone);

/**
 * Refuses a write to something that another agency owns; null if the call's own agency owns it.
 * @param what names it in the message
 */
export const ownerProblem = (context: CallContext, owner: AgencyId, what: string): Problem | null =>
  context.caller.agency === owner
    ? null
    : forbidden('owner-other', { what, owner, agency: context.caller.agency ?? '' });

/**
 * Refuses a publisher's content for which its agency lacks a right; null if it lacks none. The operator sets the
 * rights, and has them all.
 * @param old the content that an edit replaces
 */
export function rightsProblem(
  { caller, now }: CallContext,
  site: Site,
  collection: Collection,
  content: Json | undefined,
  old?: Content,
): Problem | null {
  const agency = agencyOf(site, caller.agency ?? '');
  if (caller.role === 'operator' || !agency || !isJsonObject(content)) return null;
  const missing = missingRights(agency, collection, content, old && { old: { ...old }, now });
  return missing.length === 0
    ? null
    : forbidden(old ? 'rights-lacking-edit' : 'rights-lacking', {
        agency: agency.id,
        rights: missing.join(', '),
      });
}

/** 403 with its reason. */
export const forbidden = <Code extends MessageCode>(
  code: Code,
  ...params: ParamsArgument<Code>
): Problem => ({
  kind: 'forbidden',
  status: 403,
  ...coded(code, ...params),
});

/** 404 with its reason. */
export const unknownId = <Code extends MessageCode>(code: Code, ...params: ParamsArgument<Code>) =>
  refuse({ kind: 'not-found', status: 404, ...coded(code, ...params) });

/** 409 with its reason. */
export const conflict = <Code extends MessageCode>(code: Code, ...params: ParamsArgument<Code>) =>
  refuse({ kind: 'conflict', status: 409, ...coded(code, ...params) });
