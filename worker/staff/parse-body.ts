import { coded } from '../model/coded.ts';
import type { Json } from '../model/json.ts';
import { ok, type Result, refuse } from '../model/problem.ts';
import { type StaffCallKind, staffCall } from '../model/staff/calls.ts';
import { parseStrictJson } from '../model/validation/strict-json.ts';

/**
 * A call's body as JSON; an empty object for a call that needs no body and has none. Text that is not JSON, or that is
 * ambiguous or nested too deeply, gives 400. The Worker does this, so that the time it takes is the caller's and not
 * the one writer's.
 */
export function parseBody(kind: StaffCallKind, text: string | null): Result<Json> {
  if ((text ?? '').trim() === '' && staffCall(kind).body === undefined) return ok({});
  if (text === null || text === '')
    return refuse({
      kind: 'malformed',
      status: 400,
      ...coded(staffCall(kind).takesCsv ? 'body-missing-file' : 'body-missing'),
    });
  return parseStrictJson(text);
}
