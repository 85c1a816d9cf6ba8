const MAX_AGE = 10;
const STALE_WHILE_REVALIDATE = 20;
const STALE_IF_ERROR = 3600;

const cacheControlValue = (maxAge: number, staleWhileRevalidate: number): string =>
  `max-age=${maxAge}, stale-while-revalidate=${staleWhileRevalidate}, stale-if-error=${STALE_IF_ERROR}`;

/** For answers that are not documents of a release: staff calls, errors. */
export const NO_STORE = 'no-store';

/** For documents while the release's boundary is not near. */
export const USUAL_CACHE_CONTROL = cacheControlValue(MAX_AGE, STALE_WHILE_REVALIDATE);

/**
 * The `Cache-Control` of a document: it never reaches past the release's boundary (RFC 9111 §5.2.2, RFC 5861). Only a
 * reader who would get an error instead may see an older copy: that is better than nothing, and the page marks what
 * ends.
 * @param boundaryMs when the release becomes out of date by itself, in milliseconds since 1970
 */
export function cacheControl(boundaryMs: number, nowMs: number): string {
  const leftSeconds = Math.floor((boundaryMs - nowMs) / 1000);
  if (leftSeconds >= MAX_AGE + STALE_WHILE_REVALIDATE) return USUAL_CACHE_CONTROL;
  const maxAge = Math.min(MAX_AGE, Math.max(0, leftSeconds));
  return cacheControlValue(maxAge, Math.max(0, leftSeconds - maxAge));
}
