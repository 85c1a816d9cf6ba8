import type { Instant } from '../model/instant.ts';

/**
 * Whether the reader already holds a content, so that 304 may be sent. `If-None-Match` wins over `If-Modified-Since`:
 * https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2
 * @param modified when the content last changed; undefined where that is not known
 */
export function isHeld(headers: Headers, etag: string, modified: Instant | undefined): boolean {
  const tags = headers.get('If-None-Match');
  if (tags !== null) return ifNoneMatchHits(tags, etag);
  const since = modified === undefined ? null : headers.get('If-Modified-Since');
  return since !== null && modified !== undefined && Date.parse(modified) <= parseHttpDate(since);
}

/** An instant as HTTP writes it, such as `Fri, 27 Nov 2026 02:26:30 GMT`: RFC 9110 §5.6.7. */
export const httpDate = (instant: Instant): string => new Date(instant).toUTCString();

/** Milliseconds since 1970; NaN for what no server of today sends, which RFC 9110 §13.1.3 has us pass over. */
const parseHttpDate = (text: string): number => (HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN);

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * Whether `If-None-Match` names a content.
 * Lists, `*`, weak comparison: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
 * @param etag a strong one, with its quotes
 */
export function ifNoneMatchHits(header: string | null, etag: string): boolean {
  if (header === null) return false;
  if (header === etag || header.trim() === '*') return true;
  for (const [tag] of header.matchAll(ENTITY_TAG)) if (tag === etag) return true;
  return false;
}

// The opaque part with its quotes: a weak tag compares as its strong one. etagc is RFC 9110 §8.8.3.
const ENTITY_TAG = /"[\x21\x23-\x7e\x80-\uffff]*"/g;
