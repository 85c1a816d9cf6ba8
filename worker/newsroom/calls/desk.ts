import type { Change } from '../../model/change.ts';
import { type CivilDate, civilDateAt } from '../../model/civil-date.ts';
import type { Instant } from '../../model/instant.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { type Problem, type Result, refuse } from '../../model/problem.ts';
import type { Site } from '../../model/site.ts';
import type { LedgerStore } from '../ledger/ledger-store.ts';
import type { SqlRows } from '../ledger/sql-rows.ts';

/** What a call is decided on: the rows as they are now, the clock, and who asks. */
export type Desk = {
  readonly sql: SqlStorage;
  readonly rows: SqlRows;
  readonly ledger: LedgerStore;
  readonly now: Instant;
  readonly caller: Caller;
};

/**
 * Who asks, and in whose name: an agency by its key, or the operator for the agency that is named, else for the one
 * that operates the site. Only that agency's own metrics and items may be written.
 */
export type Caller = {
  readonly key: string;
  readonly role: 'operator' | 'publisher';
  readonly agency: string;
};

/** What a write comes to. Nothing has happened yet: the Newsroom carries it out in one transaction. */
export type Decision =
  /** Nothing to change: the answer, given once what it shows is public. */
  | { readonly kind: 'unchanged'; readonly outcome: Outcome }
  /** A ledger entry in the name of an agency; the outcome may depend on its seq. */
  | {
      readonly kind: 'change';
      readonly change: Change;
      readonly agency: string;
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

/** The answer to a write, but for the release. */
export type Outcome = {
  readonly status: 200 | 201;
  readonly id: string | null;
  readonly version: number | null;
  readonly location?: string;
  readonly more?: JsonObject;
};

/** A read's answer. */
export type Reading = { readonly body: Json; readonly version?: number };

/** The site's settings, or the refusal of what can't be judged without them. */
export function siteOf(desk: Desk): Result<Site> {
  const known = desk.rows.site();
  return known
    ? { ok: true, value: known.site }
    : refuse({
        kind: 'conflict',
        status: 409,
        detail: 'the site has no settings yet: PUT /api/v1/staff/site comes first',
      });
}

/** The site's today. */
export const todayOf = (desk: Desk, site: Site): CivilDate => civilDateAt(desk.now, site.timeZone);

/** Refuses everyone but the operator. */
export const operatorOnly = (desk: Desk): Problem | null =>
  desk.caller.role === 'operator' ? null : forbidden('only the operator may do this');

/** Refuses what is another agency's. */
export const ownedBy = (desk: Desk, agency: string, what: string): Problem | null =>
  desk.caller.agency !== agency
    ? forbidden(
        `${what} is the agency ${agency}'s, and this call is made for ${desk.caller.agency} (the operator names an agency in the header Nashra-Agency)`,
      )
    : null;

/** 403 with its reason. */
export const forbidden = (detail: string): Problem => ({ kind: 'forbidden', status: 403, detail });

/** 404 of an id. */
export const unknownId = (detail: string) => refuse({ kind: 'not-found', status: 404, detail });

/** 409 with its reason. */
export const conflict = (detail: string) => refuse({ kind: 'conflict', status: 409, detail });
