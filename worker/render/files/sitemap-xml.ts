import type { PublicItem } from '../../model/bulletin.ts';
import type { CivilMonth } from '../../model/civil-date.ts';
import {
  COLLECTIONS,
  type Collection,
  hasMonths,
  hasPermalinks,
  type Monthly,
} from '../../model/collections/registry.ts';
import { toInstant } from '../../model/instant.ts';
import { homePath, itemPath, monthPath, SECTIONS, sectionPath } from '../../model/path.ts';
import { RUN } from '../../model/runs.ts';
import { languageTags, type Site } from '../../model/site.ts';
import { utf8Bytes } from '../../model/utf8-bytes.ts';
import { type Document, type Documents, define, stampOf } from '../document.ts';
import { itemRuns, itemStamp } from '../views/item-runs.ts';
import { monthPagesOf } from '../views/months.ts';
import { type Entry, type SitemapForm, sitemapIndex, urlset } from './urlset.ts';

/** The most bytes of a sitemap, though the protocol allows 50 MB: its size is what an ordinary publish must render. */
const MAX_BYTES = 250_000;

const TYPE = 'application/xml; charset=utf-8';
const INDEX_PATH = '/sitemap.xml';

const collections = COLLECTIONS.filter(hasPermalinks);

/**
 * `/sitemap.xml` (https://www.sitemaps.org/protocol.html): the sections, the months and the items. With many pages it
 * is an index: then sections and months, the newest items, and older items have sitemaps of their own, in parts if they
 * are long. An ordinary publish changes only the sitemaps of the newest items.
 */
export const sitemapXml: Documents = (bulletin) => {
  const form = formFor(bulletin.site);
  const months = COLLECTIONS.filter(hasMonths).flatMap((section) =>
    monthPagesOf(bulletin, section).map(({ month, page }): Month => ({ section, month, page })),
  );
  const runs = collections.map((collection) => ({ collection, runs: itemRuns(bulletin, collection) }));
  const older = runs.flatMap(({ collection, runs }) =>
    runs.older.map((items, i): Part => ({ name: `${collection}-${i + 1}`, pack: 'archive', pages: items })),
  );
  const sections: Part = { name: 'sections', pack: 'archive', pages: ['home', ...SECTIONS, ...months] };
  const newest: Part = { name: 'newest', pack: 'release', pages: runs.flatMap(({ runs }) => runs.first) };
  const all = [...sections.pages, ...newest.pages];
  if (older.length === 0 && all.length <= form.entries)
    return [sitemap(form, { path: INDEX_PATH, pack: 'release' }, all)];
  const sitemaps = [sections, newest, ...older].flatMap((part) => sitemapsOf(form, part));
  const addresses = sitemaps.map(({ path }) => form.origin + path);
  return [define({ path: INDEX_PATH, type: TYPE, pack: 'release' }, addresses, sitemapIndex), ...sitemaps];
};

type Month = { readonly section: Monthly; readonly month: CivilMonth; readonly page: number | null };
type Page = 'home' | (typeof SECTIONS)[number] | Month | PublicItem<Collection>;

/** A list of pages, in the sitemap `/sitemap-{name}.xml`, and others if it is long. */
type Part = { readonly name: string; readonly pack: Document['pack']; readonly pages: readonly Page[] };

type Form = SitemapForm & {
  /** How many entries a sitemap may have. */
  readonly entries: number;
};

/** The longest address of a page after its language: an item's id has at most 15 digits. */
const LONGEST = `decisions/${'9'.repeat(15)}`;

// Measures an entry, because languages and origin decide how long it is. Other languages are named if twice a run of
// older items fits into one sitemap with them: four languages do, at an address of usual length.
function formFor(site: Site): Form {
  const longest: Entry = { path: (language) => `/${language}/${LONGEST}`, lastModified: toInstant(0) };
  const form = { origin: site.origin, languages: languageTags(site) };
  const fitting = (hasAlternates: boolean) => {
    const sizeOf = (entries: readonly Entry[]) => utf8Bytes(urlset({ ...form, hasAlternates }, entries));
    const frameBytes = sizeOf([]);
    return Math.floor((MAX_BYTES - frameBytes) / (sizeOf([longest]) - frameBytes));
  };
  const hasAlternates = fitting(true) >= 2 * RUN;
  return { ...form, hasAlternates, entries: Math.max(1, fitting(hasAlternates)) };
}

function sitemapsOf(form: Form, { name, pack, pages }: Part): readonly Document[] {
  const count = Math.max(1, Math.ceil(pages.length / form.entries));
  return Array.from({ length: count }, (_, i) =>
    sitemap(
      form,
      { path: i === 0 ? `/sitemap-${name}.xml` : `/sitemap-${name}-part-${i + 1}.xml`, pack },
      pages.slice(i * form.entries, (i + 1) * form.entries),
    ),
  );
}

const sitemap = (
  { entries: _, ...form }: Form,
  address: Pick<Document, 'path' | 'pack'>,
  pages: readonly Page[],
): Document => ({
  ...address,
  type: TYPE,
  ...stamps(address.pack, form, pages.map(stampOfPage).join()),
  render: () => urlset(form, pages.map(entryOf)),
});

// A sitemap of the archive may show older settings for a while: these decide its addresses, and every page keeps its
// own.
const stamps = (pack: Document['pack'], form: SitemapForm, pages: string) =>
  pack === 'archive' ? { stamp: stampOf(pages), settings: stampOf(form) } : { stamp: stampOf([form, pages]) };

const stampOfPage = (page: Page): string => {
  if (typeof page === 'string') return page;
  return 'month' in page
    ? `${page.section} ${page.month} ${page.page ?? ''}`
    : `${page.collection} ${itemStamp(page)}`;
};

function entryOf(page: Page): Entry {
  if (page === 'home') return { path: homePath };
  if (typeof page === 'string') return { path: (language) => sectionPath(language, page) };
  if ('month' in page)
    return { path: (language) => monthPath(language, page.section, page.month, page.page) };
  return {
    path: (language) => itemPath(language, page.collection, page.id),
    lastModified: page.updatedAt,
  };
}
