import type { Audience, PackedDocument } from '../pack/format.ts';

/** On everything the public reads: any site's scripts may read it too. */
export const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag, Nashra-Release',
} as const;

/** On every public answer, whatever it is. */
export const EVERYWHERE = {
  ...CORS,
  'X-Content-Type-Options': 'nosniff',
  Vary: 'Accept-Encoding',
  'Strict-Transport-Security': 'max-age=31536000',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
} as const;

/** On data: it is nobody's page, so nothing in it may load or be framed; other origins may embed it. */
export const DATA_HEADERS = {
  ...EVERYWHERE,
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'cross-origin',
} as const;

const PAGE_HEADERS = {
  ...EVERYWHERE,
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
} as const;

/**
 * What a document is sent with, by whom it is for.
 * @param policy the Content-Security-Policy of its release's pages, which knows the hash of their style sheet
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

/** Who a document is for. Releases of bdb304b do not say it: their pages are HTML, and all else is data. */
export const audienceOf = ({ audience, type }: Pick<PackedDocument, 'audience' | 'type'>): Audience =>
  audience ?? (type.startsWith('text/html') ? 'page' : 'data');
