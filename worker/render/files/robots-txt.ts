import { type Documents, define } from '../document.ts';

/** `/robots.txt` (RFC 9309): crawlers may read everything but the staff calls; it names the sitemap. */
export const robotsTxt: Documents = (bulletin) => [
  define(
    { path: '/robots.txt', type: 'text/plain; charset=utf-8', pack: 'release' },
    bulletin.site.origin,
    (origin) => `User-agent: *\nDisallow: /api/v1/staff/\n\nSitemap: ${origin}/sitemap.xml\n`,
  ),
];
