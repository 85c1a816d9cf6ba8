import { ok, type Result, refuse } from '../../model/problem.ts';
import { agencyOf } from '../../model/site.ts';
import type { StaffCall } from '../../model/staff/request.ts';
import type { SqlRows } from '../ledger/sql-rows.ts';
import type { StaffKeys } from '../ledger/staff-keys.ts';
import { type Caller, forbidden } from './context.ts';

/** Who makes a call. The Worker has verified the key; only the Newsroom knows whether the key was revoked just now. */
export function callerOf(call: StaffCall, keys: StaffKeys, rows: SqlRows): Result<Caller> {
  if (call.key === 'operator') return operatorCaller(call.agency, rows);
  const key = keys.find(call.key);
  if (!key || key.revokedAt !== null)
    return refuse({ kind: 'unauthorized', status: 401, detail: 'this key is revoked or unknown' });
  if (call.agency !== null && call.agency !== key.agency)
    return refuse(forbidden(`this key belongs to the agency ${key.agency} and can't act for ${call.agency}`));
  return ok({ key: key.id, role: 'publisher', agency: key.agency, isNamed: false });
}

function operatorCaller(namedAgency: string | null, rows: SqlRows): Result<Caller> {
  const site = rows.site()?.site;
  const operator = { key: 'operator', role: 'operator' } as const;
  // Before the first settings there is no agency to act for: the ledger records their PUT under the operating agency.
  if (!site) return ok({ ...operator, agency: null, isNamed: false });
  if (namedAgency === null) return ok({ ...operator, agency: site.operator, isNamed: false });
  const agency = agencyOf(site, namedAgency);
  return agency
    ? ok({ ...operator, agency: agency.id, isNamed: true })
    : refuse(forbidden(`the header Nashra-Agency names ${namedAgency}, which is not an agency of this site`));
}
