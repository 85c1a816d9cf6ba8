/**
 * Tells browsers to come by https only, for a year (RFC 6797). It is on every answer, whichever path was asked first.
 * Without `includeSubDomains` and `preload`: the bulletin is often one name under a ministry's, and whether all names
 * there have https is for their owner to say. Over plain http, which only a local site answers for long, browsers
 * ignore the header (§8.1). `dist/assets/_headers` repeats it for static files.
 */
export const STRICT_TRANSPORT = { 'Strict-Transport-Security': 'max-age=31536000' } as const;
