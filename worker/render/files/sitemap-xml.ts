import type { PublicItem } from '../../model/bulletin.ts';
import type { CivilMonth } from '../../model/civil-date.ts';
import {
  COLLECTIONS,
  type Collection,
  hasMonths,
  hasPermalinks,
  type Monthly,
} from '../../model/collections/registry.ts';
import type { Instant } from '../../model/instant.ts';
import { homePath, itemPath, monthPath, SECTIONS, sectionPath } from '../../model/path.ts';
import { languageTags, type Site } from '../../model/site.ts';
import { type Document, type Documents, define, stampOf } from '../document.ts';
import { itemRuns, itemStamp } from '../views/item-runs.ts';
import { monthsOf } from '../views/months.ts';

/** A page, in all languages. */
type Entry = { readonly path: (language: string) => string; readonly lastModified?: Instant };

const olderPath = (collection: Collection, k: number): string => `/sitemap-${collection}-${k}.xml`;

const collections = COLLECTIONS.filter(hasPermalinks);

const SECTIONS_PATH = '/sitemap-sections.xml';
const NEWEST_PATH = '/sitemap-newest.xml';

/**
 * `/sitemap.xml` (https://www.sitemaps.org/protocol.html): the sections, the months and the items, each with its other
 * languages (https://developers.google.com/search/docs/specialty/international/localized-versions#sitemap). With many
 * items it is an index: then sections and months, the newest items, and older items have sitemaps of their own. An
 * ordinary publish changes only the sitemap of the newest items.
 */
export const sitemapXml: Documents = (bulletin) => {
  const { site } = bulletin;
  const months = COLLECTIONS.filter(hasMonths).flatMap((section) =>
    [...monthsOf(bulletin, section).keys()].map((month): Month => ({ section, month })),
  );
  const runs = collections.map((collection) => ({ collection, runs: itemRuns(bulletin, collection) }));
  const newest = runs.flatMap(({ runs }) => runs.first);
  const newestStamp = newest.map(itemStamp).join();
  const older = runs.flatMap(({ collection, runs }) =>
    runs.older.map((items, i) => ({ path: olderPath(collection, i + 1), items })),
  );
  if (older.length === 0)
    return [
      sitemap(site, '/sitemap.xml', 'release', [newestStamp, months], () => [
        ...sectionEntries(months),
        ...newest.map(itemEntry),
      ]),
    ];
  return [
    sitemapIndex(site, [SECTIONS_PATH, NEWEST_PATH, ...older.map(({ path }) => path)]),
    sitemap(site, SECTIONS_PATH, 'archive', months, () => sectionEntries(months)),
    sitemap(site, NEWEST_PATH, 'release', newestStamp, () => newest.map(itemEntry)),
    ...older.map(({ path, items }) =>
      sitemap(site, path, 'archive', items.map(itemStamp).join(), () => items.map(itemEntry)),
    ),
  ];
};

type Month = { readonly section: Monthly; readonly month: CivilMonth };

const sectionEntries = (months: readonly Month[]): readonly Entry[] => [
  { path: homePath },
  ...SECTIONS.map((section) => ({ path: (language: string) => sectionPath(language, section) })),
  ...months.map(({ section, month }) => ({
    path: (language: string) => monthPath(language, section, month),
  })),
];

const itemEntry = (item: PublicItem<Collection>): Entry => ({
  path: (language) => itemPath(language, item.collection, item.id),
  lastModified: item.updatedAt,
});

function sitemap(
  site: Site,
  path: string,
  pack: Document['pack'],
  stamp: unknown,
  entries: () => readonly Entry[],
): Document {
  const languages = languageTags(site);
  const settings = stampOf([site.origin, languages]);
  return {
    path,
    type: 'application/xml; charset=utf-8',
    pack,
    ...(pack === 'archive' ? { stamp: stampOf(stamp), settings } : { stamp: stampOf([settings, stamp]) }),
    render: () => urlset(site.origin, languages, entries()),
  };
}

const sitemapIndex = (site: Site, paths: readonly string[]): Document =>
  define(
    { path: '/sitemap.xml', type: 'application/xml; charset=utf-8', pack: 'release' },
    paths.map((path) => site.origin + path),
    (addresses) =>
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        ...addresses.map((address) => `<sitemap><loc>${xmlText(address)}</loc></sitemap>`),
        '</sitemapindex>',
        '',
      ].join('\n'),
  );

const urlset = (origin: string, languages: readonly string[], entries: readonly Entry[]): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ...entries.flatMap((entry) => urlElements(origin, languages, entry)),
    '</urlset>',
    '',
  ].join('\n');

function urlElements(origin: string, languages: readonly string[], { path, lastModified }: Entry) {
  const address = (language: string) => xmlText(origin + path(language));
  const link = (hreflang: string, language: string) =>
    `<xhtml:link rel="alternate" hreflang="${hreflang}" href="${address(language)}"/>`;
  const [defaultLanguage = ''] = languages;
  const links = languages.map((tag) => link(tag, tag)).join('') + link('x-default', defaultLanguage);
  const modified = lastModified ? `<lastmod>${lastModified}</lastmod>` : '';
  return languages.map((tag) => `<url><loc>${address(tag)}</loc>${modified}${links}</url>`);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Escapes a text for XML, also inside quotes: https://www.w3.org/TR/xml/#syntax . A host may hold such characters. */
const xmlText = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
