import { type Documents, define } from '../document.ts';

/** `/robots.txt` (RFC 9309): everything may be read; where the sitemap is. */
export const robotsTxt: Documents = (bulletin) => [
  define(
    { path: '/robots.txt', type: 'text/plain; charset=utf-8', pack: 'release' },
    bulletin.site.origin,
    (origin) => `User-agent: *\nDisallow: /api/v1/staff/\n\nSitemap: ${origin}/sitemap.xml\n`,
  ),
];
