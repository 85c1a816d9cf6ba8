import { type Documents, define } from './document.ts';
import { sitemapPaths } from './sitemap-xml.ts';

/** `/robots.txt` (RFC 9309): everything may be read; where the sitemaps are. */
export const robotsTxt: Documents = (bulletin) => [
  define(
    { path: '/robots.txt', type: 'text/plain; charset=utf-8', pack: 'release' },
    sitemapPaths(bulletin).map((path) => bulletin.site.origin + path),
    (sitemaps) =>
      `User-agent: *\nDisallow: /api/v1/staff/\n\n${sitemaps.map((url) => `Sitemap: ${url}\n`).join('')}`,
  ),
];
