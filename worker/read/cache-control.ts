const MAX_AGE = 10;
const STALE_WHILE_REVALIDATE = 20;
const STALE_IF_ERROR = 3600;

const written = (maxAge: number, staleWhileRevalidate: number): string =>
  `max-age=${maxAge}, stale-while-revalidate=${staleWhileRevalidate}, stale-if-error=${STALE_IF_ERROR}`;

/** For whatever is no document of a release: staff, errors. */
export const NO_STORE = 'no-store';

/** What a name that moves may be kept for, while nothing is about to change by itself. */
export const USUAL_CACHE_CONTROL = written(MAX_AGE, STALE_WHILE_REVALIDATE);

/**
 * How long a document may be kept: never past the release's boundary (RFC 9111 §5.2.2, RFC 5861). Only a reader who
 * would get an error instead may be shown an older copy: that is better than nothing, and the page marks what ends.
 * @param boundaryMs when something in the release is out of date by itself, in milliseconds since 1970
 */
export function cacheControl(boundaryMs: number, nowMs: number): string {
  const leftSeconds = Math.floor((boundaryMs - nowMs) / 1000);
  if (leftSeconds >= MAX_AGE + STALE_WHILE_REVALIDATE) return USUAL_CACHE_CONTROL;
  const maxAge = Math.min(MAX_AGE, Math.max(0, leftSeconds));
  return written(maxAge, Math.max(0, leftSeconds - maxAge));
}
