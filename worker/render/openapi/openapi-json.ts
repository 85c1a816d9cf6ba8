import type { Site } from '../../model/site.ts';
import { type Documents, define, JSON_TYPE, jsonText } from '../document.ts';
import { examplesOf } from './openapi-examples.ts';
import { pagePaths } from './openapi-pages.ts';
import { publicPaths } from './openapi-public.ts';
import { schemas } from './openapi-schemas.ts';
import { staffPaths } from './openapi-staff.ts';

/** `/api/v1/openapi.json`: the contract for machines. https://spec.openapis.org/oas/v3.1.0 */
export const openapiJson: Documents = (bulletin) => [
  define(
    { path: '/api/v1/openapi.json', type: JSON_TYPE, pack: 'release' },
    {
      ...settingsOf(bulletin.site),
      examples: examplesOf(bulletin),
    },
    ({ name, origin, license, texts, examples }) => {
      const named = schemas(texts);
      const staff = staffPaths(texts, named, examples);
      return jsonText({
        openapi: '3.1.0',
        info: {
          title: `${name} (Nashra)`,
          version: '1',
          description: DESCRIPTION,
          license: { name: license.name, ...(license.url ? { url: license.url } : {}) },
        },
        servers: [{ url: origin }],
        tags: [
          { name: 'public', description: 'Data that anybody may read: no key, CORS open to all.' },
          {
            name: 'pages',
            description: 'The pages that people read, and the files that crawlers and standards ask for.',
          },
          {
            name: 'staff',
            description: 'The calls that agencies make with their key. Every error is RFC 9457.',
          },
        ],
        paths: { ...publicPaths, ...pagePaths, ...staff },
        components: {
          schemas: named,
          securitySchemes: {
            staffKey: {
              type: 'http',
              scheme: 'bearer',
              description: "The operator's key, or a key that the operator issued to an agency.",
            },
          },
        },
      });
    },
  ),
];

const settingsOf = ({ name, defaultLanguage, origin, license, languages }: Site) => ({
  name: name[defaultLanguage] ?? '',
  origin,
  license,
  texts: { languages, defaultLanguage },
});

const DESCRIPTION = [
  'The bulletin as open data. Paths under /api/v1 only ever gain fields.',
  'Instants are UTC with Z, in whole seconds; dates are civil dates in the time zone of the site; null is "not reported", never zero.',
  'Texts are objects by language; a missing language falls back to the default one. Bodies are Markdown as staff wrote it.',
  'Every public answer has a strong ETag: ask again with If-None-Match and 304 costs nothing. No public path reads a query string.',
  'A release is a number that only grows; every answer that comes from one names it in the header Nashra-Release. One server never goes back to an older release, but servers learn of a new one at different times, and requests may reach different servers: a careful client keeps the highest number it has seen and ignores answers that carry a lower one.',
].join('\n\n');
