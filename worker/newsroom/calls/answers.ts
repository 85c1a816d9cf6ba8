import { isJsonObject, type Json } from '../../model/json.ts';
import type { StaffAnswer } from '../../model/staff/request.ts';
import type { Outcome } from '../ledger/outcome.ts';

/** The answer to a call that looks: a JSON text, and the version of what it shows. */
export const readAnswer = (body: Json, version?: number): StaffAnswer => ({
  ok: true,
  status: 200,
  body: JSON.stringify(body),
  ...(version === undefined ? {} : { version }),
});

/**
 * The answer to a write.
 * @param shown in which release it is public, or that it is not yet
 */
export const writeAnswer = (
  status: 200 | 201 | 202,
  outcome: Outcome,
  shown: { readonly release: number | null; readonly pending?: true },
): StaffAnswer => {
  const { id, version, changed, url, location, isUntagged, more } = outcome;
  const body = {
    id,
    version,
    ...shown,
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

/** An outcome as it is kept for the same request again: a key is shown once. */
export const withoutSecret = (outcome: Outcome): Outcome => {
  if (!isJsonObject(outcome.more) || !('key' in outcome.more)) return outcome;
  const { key: _, ...more } = outcome.more;
  return { ...outcome, more };
};
