import { coded } from '../model/coded.ts';
import type { Problem } from '../model/problem.ts';
import type { Env } from '../platform/env.ts';

/** The period of the limits of calls in wrangler.toml. A key over its limit must wait this long. */
const PERIOD_SECONDS = 10;
/** What one count of the binding AGENCY_BODIES stands for. */
export const BODY_UNIT_BYTES = 64 * 1024;

/**
 * Refuses a call of a key that makes too many at this place of the platform; null if it may go on. The platform counts
 * each place for itself (https://developers.cloudflare.com/workers/runtime-apis/bindings/rate-limit/), so this only
 * keeps a flood from the Newsroom, which counts all. A key that stays within the Newsroom's limits is never refused
 * here.
 * @param key `operator`, or the id of an agency's key
 */
export async function rateProblem(key: string, env: Env): Promise<Problem | null> {
  const limiter = key === 'operator' ? env.OPERATOR_CALLS : env.AGENCY_CALLS;
  return (await isWithin(limiter, key)) ? null : tooMany('rate-here');
}

/**
 * Refuses a body of an agency's key that sends too many large ones to this place; null if it may go on. It comes before
 * the body is parsed: an isolate that parses large bodies answers nobody meanwhile. The binding counts calls, so a body
 * counts once for each whole `BODY_UNIT_BYTES`.
 */
export async function bodyRateProblem(key: string, sizeBytes: number, env: Env): Promise<Problem | null> {
  if (key === 'operator') return null;
  // All units at once: if bodies that come together were counted by turns, each would use up a part of the limit, and
  // all would be refused.
  const units = Array.from({ length: Math.floor(sizeBytes / BODY_UNIT_BYTES) }, () =>
    isWithin(env.AGENCY_BODIES, key),
  );
  return (await Promise.all(units)).every(Boolean) ? null : tooMany('rate-bodies-here');
}

async function isWithin(limiter: RateLimit, key: string): Promise<boolean> {
  try {
    return (await limiter.limit({ key })).success;
  } catch (error) {
    console.error('calls could not be counted', error); // the Newsroom counts them too
    return true;
  }
}

const tooMany = (code: 'rate-here' | 'rate-bodies-here'): Problem => ({
  kind: 'too-many-calls',
  status: 429,
  retryAfterSeconds: PERIOD_SECONDS,
  ...coded(code, { seconds: PERIOD_SECONDS }),
});

/** The size of a body in bytes, from its text; 0 for none. */
export const sizeBytesOf = (body: string | null): number =>
  body === null ? 0 : new TextEncoder().encode(body).length;
