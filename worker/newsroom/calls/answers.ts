import { isJsonObject, type Json } from '../../model/json.ts';
import type { StaffAnswer } from '../../model/staff/request.ts';
import type { Outcome } from '../ledger/outcome.ts';

/** The answer to a read: the body as JSON text, and the version of what it shows. */
export const readAnswer = (body: Json, version?: number): StaffAnswer => ({
  ok: true,
  status: 200,
  body: JSON.stringify(body),
  ...(version === undefined ? {} : { version }),
});

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

/** An outcome without a new key's secret, as it is stored for a repeated request: a key is shown once. */
export const withoutSecret = (outcome: Outcome): Outcome => {
  if (!isJsonObject(outcome.more) || !('key' in outcome.more)) return outcome;
  const { key: _, ...more } = outcome.more;
  return { ...outcome, more };
};
