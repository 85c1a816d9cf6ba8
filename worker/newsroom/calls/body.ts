import type { Json } from '../../model/json.ts';
import { ok, type Result, refuse } from '../../model/problem.ts';
import { staffCall } from '../../model/staff/calls.ts';
import type { StaffCall } from '../../model/staff/request.ts';
import { parseStrictJson } from '../../model/validation/strict-json.ts';

/**
 * A call's body as JSON; an empty object for a call that needs no body and has none. Text that is not JSON, or that is
 * ambiguous, gives 400.
 */
export function bodyOf({ route, body }: StaffCall): Result<Json> {
  const text = body ?? '';
  if (text.trim() === '' && staffCall(route.kind).body === undefined) return ok({});
  if (text === '')
    return refuse({
      kind: 'malformed',
      status: 400,
      detail: 'the body is empty, but this call needs JSON',
    });
  return parseStrictJson(text);
}
