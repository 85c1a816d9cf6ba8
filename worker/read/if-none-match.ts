/**
 * Whether the reader already holds this content, so that 304 may be sent.
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
