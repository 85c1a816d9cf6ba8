import type { Json } from '../../model/json.ts';
import { ok, type Result, refuse } from '../../model/problem.ts';
import type { StaffCall, StaffRoute } from '../../model/staff-call.ts';
import { isRead } from './decide.ts';

/** The calls beside those that read which say all in path and method: they may have a body, and need none. */
const WITHOUT_BODY: readonly StaffRoute['kind'][] = ['status', 'whoami', 'tick', 'revoke-key'];

/** A call's body as JSON; an empty object for a call that needs none and has none. What is no JSON is 400. */
export function bodyOf({ route, body }: StaffCall): Result<Json> {
  const text = body ?? '';
  if (text.trim() === '' && (isRead(route) || WITHOUT_BODY.includes(route.kind))) return ok({});
  try {
    return ok(JSON.parse(text) as Json);
  } catch (error) {
    const detail =
      text === ''
        ? 'the body is empty, JSON was expected'
        : `the body is not JSON: ${(error as Error).message}`;
    return refuse({ kind: 'malformed', status: 400, detail });
  }
}
