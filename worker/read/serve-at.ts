import type { ReleaseHead } from './ready-document.ts';

/** To this age of what memory knows, it is served as it is. */
export const SERVE_AS_IT_IS_MS = 5_000;
/** To this age it is served, and refreshed behind; beyond, the reader waits for news, but not long. */
const REFRESHED_BEHIND_MS = 30_000;
/**
 * A release past its boundary shows what has ended. The Newsroom needs a second or so to publish the next one, and KV a
 * while to show it everywhere. Until then an answer of KV holds for a tenth of the time since the boundary, but not less
 * than this: a reader who comes soon after is not shown what ended, and KV is not asked more often than of use.
 */
const SOONEST_MS = 1_000;

/** Ages in milliseconds, to which a release in memory may be served without a wait. Negative: not at any age. */
export type ServeLimits = { readonly asItIsMs: number; readonly refreshedBehindMs: number };

const OPEN: ServeLimits = { asItIsMs: SERVE_AS_IT_IS_MS, refreshedBehindMs: REFRESHED_BEHIND_MS };
// What is closed answers 503: a reader would rather wait than be told so of a site that has opened since.
const CLOSED: ServeLimits = { asItIsMs: SERVE_AS_IT_IS_MS, refreshedBehindMs: SERVE_AS_IT_IS_MS };
const NOT_AT_ALL: ServeLimits = { asItIsMs: -1, refreshedBehindMs: -1 };

/**
 * To which age a release in memory may be served. Times are milliseconds since 1970.
 * @param confirmedMs when KV last named it as the current one
 */
export function serveAt(
  {
    index: { open },
    head: { boundaryMs },
  }: { readonly index: { readonly open: boolean }; readonly head: ReleaseHead },
  confirmedMs: number,
  nowMs: number,
): ServeLimits {
  const pastMs = nowMs - boundaryMs;
  if (pastMs < 0) return open ? OPEN : CLOSED;
  if (confirmedMs < boundaryMs) return NOT_AT_ALL;
  const limitMs = Math.min(SERVE_AS_IT_IS_MS, Math.max(SOONEST_MS, pastMs / 10));
  return { asItIsMs: limitMs, refreshedBehindMs: limitMs };
}
