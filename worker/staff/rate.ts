import type { Problem } from '../model/problem.ts';
import type { Env } from '../platform/env.ts';

/** The period of the limits of calls in wrangler.toml. A key over its limit must wait this long. */
const PERIOD_SECONDS = 10;

/**
 * Refuses a call of a key that makes too many at this place of the platform; null if it may go on. The platform counts
 * each place for itself (https://developers.cloudflare.com/workers/runtime-apis/bindings/rate-limit/), so this only keeps
 * a flood from the Newsroom, which counts all. Its limits never refuse what the Newsroom would admit.
 * @param key `operator`, or the id of an agency's key
 */
export async function rateProblem(key: string, env: Env): Promise<Problem | null> {
  const limiter = key === 'operator' ? env.OPERATOR_CALLS : env.AGENCY_CALLS;
  try {
    const { success } = await limiter.limit({ key });
    if (success) return null;
  } catch (error) {
    console.error('calls could not be counted', error); // the Newsroom counts them too
    return null;
  }
  const detail = 'This key makes too many calls';
  return { kind: 'too-many-calls', status: 429, retryAfterSeconds: PERIOD_SECONDS, detail };
}

/** The size of a body in bytes, from its text; 0 for none. */
export const sizeBytesOf = (body: string | null): number =>
  body === null ? 0 : new TextEncoder().encode(body).length;
