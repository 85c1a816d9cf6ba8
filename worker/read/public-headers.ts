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

/** On pages. What they may load is their release's own policy: it knows the hash of the style sheet. */
export const pageHeaders = (policy: string): Readonly<Record<string, string>> => ({
  ...EVERYWHERE,
  'Content-Security-Policy': policy,
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
});

/** What pages are sent as; their headers differ from those of data. */
export const isPage = (type: string): boolean => type.startsWith('text/html');
