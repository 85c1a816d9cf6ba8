import { isJsonObject, type Json } from '../../model/json.ts';
import { type Result, refuse } from '../../model/problem.ts';
import type { StaffAnswer } from '../../model/staff/request.ts';
import type { Outcome } from '../ledger/outcome.ts';
import type { ReadResult } from './context.ts';
import { preconditionFailure } from './precondition.ts';

/** The answer to a read: the body as JSON text, and the version of what it shows. */
export const readAnswer = (body: Json, version?: number): StaffAnswer => ({
  ok: true,
  status: 200,
  body: JSON.stringify(body),
  ...(version === undefined ? {} : { version }),
});

/** The answer to a read that may be refused; 412 if it names another version in `If-Match` (RFC 9110 §13.2.2). */
export function resultAnswer(result: Result<ReadResult>, ifMatch: string | null): StaffAnswer {
  if (!result.ok) return result;
  const { body, version } = result.value;
  const failure = version === undefined ? null : preconditionFailure(ifMatch, version);
  return failure ? refuse(failure) : readAnswer(body, version);
}

/**
 * The answer to a write.
 * @param publication the release that shows the change, or that it is not public yet
 */
export const writeAnswer = (
  status: 200 | 201 | 202,
  outcome: Outcome,
  publication: { readonly release: number | null; readonly pending?: true },
): StaffAnswer => {
  const { id, version, changed, url, location, isUntagged, more } = outcome;
  const body = {
    id,
    version,
    ...publication,
    ...(changed === undefined ? {} : { changed }),
    ...(url === undefined ? {} : { url }),
    ...more,
  };
  return {
    ok: true,
    status,
    body: JSON.stringify(body),
    ...(version === null || isUntagged ? {} : { version }),
    ...(location === undefined ? {} : { location }),
  };
};

const NOT_SHOWN_AGAIN =
  'The key was shown in the first answer only. If that answer was lost, revoke this key (DELETE) and issue a new one with another Idempotency-Key.';

/**
 * An outcome as it is stored for a repeated request: without a new key, which is shown once, and with a note of that.
 */
export const withoutSecret = (outcome: Outcome): Outcome => {
  if (!isJsonObject(outcome.more) || !('key' in outcome.more)) return outcome;
  const { key: _, ...more } = outcome.more;
  return { ...outcome, more: { ...more, note: NOT_SHOWN_AGAIN } };
};
