import { coded } from '../../model/coded.ts';
import type { Instant } from '../../model/instant.ts';
import { ok, type Result, refuse } from '../../model/problem.ts';
import { agencyOf } from '../../model/site.ts';
import type { StaffCall } from '../../model/staff/request.ts';
import type { SqlRows } from '../ledger/sql-rows.ts';
import type { StaffKeys } from '../ledger/staff-keys.ts';
import { type Caller, forbidden } from './context.ts';

/**
 * Who makes a call. The Worker has verified the key; only the Newsroom knows whether the key was revoked, or has
 * expired, just now.
 */
export function callerOf(call: StaffCall, keys: StaffKeys, rows: SqlRows, now: Instant): Result<Caller> {
  if (call.key === 'operator') return operatorCaller(call.agency, rows);
  const key = keys.find(call.key);
  if (!key || key.revokedAt !== null)
    return refuse({ kind: 'unauthorized', status: 401, ...coded('key-unknown') });
  if (key.expires !== null && key.expires <= now)
    return refuse({ kind: 'unauthorized', status: 401, ...coded('key-expired', { at: key.expires }) });
  if (call.agency !== null && call.agency !== key.agency)
    return refuse(forbidden('key-of-agency', { agency: key.agency, named: call.agency }));
  const { id, agency, scope, expires } = key;
  return ok({ key: id, role: 'publisher', agency, scope, expires, isNamed: false });
}

function operatorCaller(namedAgency: string | null, rows: SqlRows): Result<Caller> {
  const site = rows.site()?.site;
  const operator = { key: 'operator', role: 'operator', scope: null, expires: null } as const;
  // Before the first settings there is no agency to act for: the ledger records their PUT under the operating agency.
  if (!site) return ok({ ...operator, agency: null, isNamed: false });
  if (namedAgency === null) return ok({ ...operator, agency: site.operator, isNamed: false });
  const agency = agencyOf(site, namedAgency);
  return agency
    ? ok({ ...operator, agency: agency.id, isNamed: true })
    : refuse(forbidden('header-agency-unknown', { named: namedAgency }));
}
