import type { ReleaseHead } from './ready-document.ts';

/** Up to this age the release in memory is served without a refresh. */
export const FRESH_MS = 5_000;
/** Up to this age it is served while a refresh runs. If it is older, the reader waits for the refresh, but not long. */
const STALE_MS = 30_000;
/**
 * A release past its boundary shows what has ended. The Newsroom needs about a second to publish the next release, and
 * KV some time to show it everywhere. Until then, what KV answered counts as fresh for a tenth of the time since the
 * boundary and at least for this long: a reader soon after the boundary does not see what has ended, and KV is not read
 * more often than useful.
 */
const SHORTEST_MS = 1_000;

/**
 * The ages, in milliseconds, up to which the release in memory may be served without a wait: without a refresh (fresh),
 * or while one runs (stale). A negative limit means never.
 */
export type ServeLimits = { readonly freshMs: number; readonly staleMs: number };

const OPEN: ServeLimits = { freshMs: FRESH_MS, staleMs: STALE_MS };
// A closed site answers 503. The site may have opened since, so a reader waits for the refresh earlier.
const CLOSED: ServeLimits = { freshMs: FRESH_MS, staleMs: FRESH_MS };
const NEVER: ServeLimits = { freshMs: -1, staleMs: -1 };

/**
 * Up to which age the release in memory may be served. Times are milliseconds since 1970.
 * @param confirmedMs when KV last named this release as the current one
 */
export function serveLimits(
  {
    index: { open },
    head: { boundaryMs },
  }: { readonly index: { readonly open: boolean }; readonly head: ReleaseHead },
  confirmedMs: number,
  nowMs: number,
): ServeLimits {
  const pastMs = nowMs - boundaryMs;
  if (pastMs < 0) return open ? OPEN : CLOSED;
  if (confirmedMs < boundaryMs) return NEVER;
  const limitMs = Math.min(FRESH_MS, Math.max(SHORTEST_MS, pastMs / 10));
  return { freshMs: limitMs, staleMs: limitMs };
}
