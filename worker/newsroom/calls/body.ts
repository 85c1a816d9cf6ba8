import type { Json } from '../../model/json.ts';
import { ok, type Result, refuse } from '../../model/problem.ts';
import { staffCall } from '../../model/staff/calls.ts';
import type { StaffCall } from '../../model/staff/request.ts';

/** A call's body as JSON; an empty object for a call that needs no body and has none. Text that is not JSON gives 400. */
export function bodyOf({ route, body }: StaffCall): Result<Json> {
  const text = body ?? '';
  if (text.trim() === '' && staffCall(route.kind).body === undefined) return ok({});
  try {
    return ok(JSON.parse(text) as Json);
  } catch (error) {
    const detail =
      text === ''
        ? 'the body is empty, but this call needs JSON'
        : `the body is not JSON: ${(error as Error).message}`;
    return refuse({ kind: 'malformed', status: 400, detail });
  }
}
