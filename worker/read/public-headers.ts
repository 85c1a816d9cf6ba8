import type { Audience, PackedDocument } from '../pack/format.ts';
import { STRICT_TRANSPORT } from '../platform/strict-transport.ts';

/**
 * Lets scripts of any site read every public answer, and these headers of it. Scripts can always read `Last-Modified`:
 * https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name
 */
export const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag, Nashra-Release, Retry-After',
} as const;

/** The headers of every public answer. */
export const COMMON_HEADERS = {
  ...CORS,
  'X-Content-Type-Options': 'nosniff',
  Vary: 'Accept-Encoding',
  ...STRICT_TRANSPORT,
  'Referrer-Policy': 'strict-origin-when-cross-origin',
} as const;

/**
 * The headers of data. Data is not a page, so it may load nothing and no page may frame it; other origins may embed it.
 */
export const DATA_HEADERS = {
  ...COMMON_HEADERS,
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'cross-origin',
} as const;

const PAGE_HEADERS = {
  ...COMMON_HEADERS,
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
} as const;

/**
 * The headers of a document, by its audience.
 * @param policy the Content-Security-Policy of the release's pages: it holds the hash of their style sheet
 */
export function headersFor(audience: Audience, policy: string): Readonly<Record<string, string>> {
  switch (audience) {
    case 'page':
      return {
        ...PAGE_HEADERS,
        'Content-Security-Policy': policy,
        'Cross-Origin-Opener-Policy': 'same-origin',
      };
    case 'data':
      return DATA_HEADERS;
    case 'embed':
      return {
        ...PAGE_HEADERS,
        'Content-Security-Policy': policy.replace(/frame-ancestors [^;]*/, 'frame-ancestors *'),
        'Cross-Origin-Resource-Policy': 'cross-origin',
      };
    default:
      return audience satisfies never;
  }
}

/**
 * The audience of a document. Releases of commit bdb304b do not name it: their HTML is pages, everything else is data.
 */
export const audienceOf = ({ audience, type }: Pick<PackedDocument, 'audience' | 'type'>): Audience =>
  audience ?? (type.startsWith('text/html') ? 'page' : 'data');
