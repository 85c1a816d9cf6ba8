import { ok, type Result, refuse } from '../../model/problem.ts';
import { agencyOf } from '../../model/site.ts';
import type { StaffCall } from '../../model/staff-call.ts';
import type { SqlRows } from '../ledger/sql-rows.ts';
import { type Caller, forbidden } from './desk.ts';
import { findKey } from './keys.ts';

/** Who a call is from, by a key the Worker has found to be signed right: here it is known whether it still holds. */
export function callerOf(call: StaffCall, sql: SqlStorage, rows: SqlRows): Result<Caller> {
  if (call.key === 'operator') return operatorCaller(call.agency, rows);
  const key = findKey(sql, call.key);
  if (!key || key.revoked_at !== null)
    return refuse({ kind: 'unauthorized', status: 401, detail: 'this key was revoked or is not known here' });
  if (call.agency !== null && call.agency !== key.agency)
    return refuse(forbidden(`this key is ${key.agency}'s and can't act for ${call.agency}`));
  return ok({ key: key.id, role: 'publisher', agency: key.agency });
}

function operatorCaller(named: string | null, rows: SqlRows): Result<Caller> {
  const site = rows.site()?.site;
  // Before there are settings there is nobody to act for; the first PUT of them is the operating agency's.
  if (!site) return ok({ key: 'operator', role: 'operator', agency: '' });
  if (named !== null && !agencyOf(site, named))
    return refuse(forbidden(`the header Nashra-Agency names no agency of this site: ${named}`));
  return ok({ key: 'operator', role: 'operator', agency: named ?? site.operator });
}
