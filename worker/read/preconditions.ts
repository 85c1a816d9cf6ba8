import type { Instant } from '../model/instant.ts';

/**
 * Whether the client already has this content, so that the answer is 304. `If-None-Match` wins over
 * `If-Modified-Since`:
 * https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2
 * @param modified when the content last changed; undefined if not known
 */
export function isNotModified(headers: Headers, etag: string, modified: Instant | undefined): boolean {
  const tags = headers.get('If-None-Match');
  if (tags !== null) return ifNoneMatchHits(tags, etag);
  const since = headers.get('If-Modified-Since');
  return since !== null && modified !== undefined && Date.parse(modified) <= parseHttpDate(since);
}

/**
 * Whether the client asks for another version than this content, so that the answer is 412: `If-Match`, compared
 * strongly, or without it `If-Unmodified-Since`. Both win over `If-None-Match`:
 * https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2
 * @param modified as in `isNotModified`
 */
export function isPreconditionFailed(headers: Headers, etag: string, modified: Instant | undefined): boolean {
  const tags = headers.get('If-Match');
  if (tags !== null) return tags.trim() !== '*' && !entityTags(tags).includes(etag);
  const since = headers.get('If-Unmodified-Since');
  return since !== null && modified !== undefined && Date.parse(modified) > parseHttpDate(since);
}

/** Formats an instant as an HTTP date, such as `Fri, 27 Nov 2026 02:26:30 GMT`: RFC 9110 §5.6.7. */
export const httpDate = (instant: Instant): string => new Date(instant).toUTCString();

/** Milliseconds since 1970; NaN for any other form, so that the header is ignored, as RFC 9110 §13.1.3 asks. */
const parseHttpDate = (text: string): number => (HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN);

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * Whether `If-None-Match` names an ETag: the header may be a list or `*`, and the comparison is weak.
 * https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
 * @param etag a strong ETag, with its quotes
 */
export function ifNoneMatchHits(header: string | null, etag: string): boolean {
  if (header === null) return false;
  if (header === etag || header.trim() === '*') return true;
  // In a weak comparison a weak tag equals its strong one.
  return entityTags(header).some((tag) => tag.replace(/^W\//, '') === etag);
}

// One tag; `etagc`: RFC 9110 §8.8.3.
const ENTITY_TAG = /((?:W\/)?"[\x21\x23-\x7e\x80-\uffff]*")[\t ]*(?=,|$)/y;

/** The tags of a list, such as `"a"` and `W/"b"`, without the elements that are none. Linear in the header's length. */
function entityTags(header: string): readonly string[] {
  const tags: string[] = [];
  for (let i = 0; i >= 0 && i < header.length; i = header.indexOf(',', i)) {
    while (i < header.length && ', \t'.includes(header.charAt(i))) i += 1;
    ENTITY_TAG.lastIndex = i;
    const tag = ENTITY_TAG.exec(header)?.[1];
    if (tag === undefined) continue;
    tags.push(tag);
    i += tag.length;
  }
  return tags;
}
