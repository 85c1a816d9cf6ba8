import { COLLECTIONS, hasMonths, hasPermalinks } from '../../model/collections/registry.ts';
import { SECTIONS } from '../../model/path.ts';
import { inPath } from './openapi-schemas.ts';
import { text } from './schema-parts.ts';

type Answers = {
  readonly type?: string;
  /** Descriptions of further answers with the same type, by status. */
  readonly also?: Readonly<Record<number, string>>;
  /** Whether it is a static file, which never answers 503. */
  readonly isStatic?: boolean;
};

/** The GET of a page, or of a file that a standard asks for. */
const page = (summary: string, { type = 'text/html', also = {}, isStatic }: Answers = {}) => ({
  summary,
  tags: ['pages'],
  security: [],
  responses: {
    200: { description: 'OK', content: { [type]: { schema: text } } },
    304: { description: 'You already have this content' },
    ...Object.fromEntries(
      Object.entries(also).map(([status, description]) => [
        status,
        { description, content: { [type]: { schema: text } } },
      ]),
    ),
    ...(isStatic
      ? {}
      : { 503: { description: 'The site is not open yet, or not readable just now: see Retry-After' } }),
  },
});

const language = inPath('language', { ...text, description: 'A language of the site.' });
const month = inPath('month', { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}$' });
const NO_PAGE = { 404: 'No such page' };

/** The paths of pages, and of the files that crawlers and standards ask for. */
export const pagePaths = {
  '/{language}/': { parameters: [language], get: page('The bulletin: figures and what is new') },
  ...Object.fromEntries(
    SECTIONS.map((section) => [
      `/{language}/${section}/`,
      { parameters: [language], get: page(`The section: ${section}`) },
    ]),
  ),
  ...Object.fromEntries(
    COLLECTIONS.filter(hasMonths).flatMap((collection) => [
      [
        `/{language}/${collection}/{month}/`,
        {
          parameters: [language, month],
          get: page(`The ${collection} of a month; the newest, if there are many`, { also: NO_PAGE }),
        },
      ],
      [
        `/{language}/${collection}/{month}/page-{page}/`,
        {
          parameters: [language, month, inPath('page', { type: 'integer', minimum: 1 })],
          get: page(`Older ${collection} of a month; page 1 has the oldest`, { also: NO_PAGE }),
        },
      ],
    ]),
  ),
  ...Object.fromEntries(
    COLLECTIONS.filter(hasPermalinks).map((collection) => [
      `/{language}/${collection}/{id}`,
      {
        parameters: [language, inPath('id', text)],
        get: page(`One of the ${collection}`, {
          also: { ...NO_PAGE, 410: 'Withdrawn: the page says when and why' },
        }),
      },
    ]),
  ),
  '/calendar.ics': { get: page('When the next figures are due: RFC 5545', { type: 'text/calendar' }) },
  '/robots.txt': { get: page('RFC 9309', { type: 'text/plain' }) },
  '/sitemap.xml': { get: page('https://www.sitemaps.org/protocol.html', { type: 'application/xml' }) },
  '/favicon.ico': { get: page('The icon', { type: 'image/vnd.microsoft.icon', isStatic: true }) },
  '/.well-known/security.txt': { get: page('RFC 9116', { type: 'text/plain' }) },
};
