import { ok, type Result, refuse } from '../../model/problem.ts';
import { agencyOf } from '../../model/site.ts';
import type { StaffCall } from '../../model/staff/request.ts';
import type { SqlRows } from '../ledger/sql-rows.ts';
import type { StaffKeys } from '../ledger/staff-keys.ts';
import { type Caller, forbidden } from './context.ts';

/** Who a call is from, by a key the Worker has verified: here it is known whether that key still holds. */
export function callerOf(call: StaffCall, keys: StaffKeys, rows: SqlRows): Result<Caller> {
  if (call.key === 'operator') return operatorCaller(call.agency, rows);
  const key = keys.find(call.key);
  if (!key || key.revokedAt !== null)
    return refuse({ kind: 'unauthorized', status: 401, detail: 'this key was revoked or is not known here' });
  if (call.agency !== null && call.agency !== key.agency)
    return refuse(forbidden(`this key is ${key.agency}'s and can't act for ${call.agency}`));
  return ok({ key: key.id, role: 'publisher', agency: key.agency, isNamed: false });
}

function operatorCaller(named: string | null, rows: SqlRows): Result<Caller> {
  const site = rows.site()?.site;
  const operator = { key: 'operator', role: 'operator' } as const;
  // Before there are settings there is no agency to act for; the first PUT of them is the operating agency's.
  if (!site) return ok({ ...operator, agency: null, isNamed: false });
  if (named === null) return ok({ ...operator, agency: site.operator, isNamed: false });
  const agency = agencyOf(site, named);
  return agency
    ? ok({ ...operator, agency: agency.id, isNamed: true })
    : refuse(forbidden(`the header Nashra-Agency names no agency of this site: ${named}`));
}
