import type { CivilMonth } from './civil-date.ts';
import {
  COLLECTIONS,
  type Collection,
  hasPermalinks,
  hasSection,
  isOnDataPage,
  type Sectioned,
} from './collections/registry.ts';
import type { Item, ItemId } from './item.ts';
import type { Site } from './site.ts';

const OTHER_SECTIONS = ['data', 'changes', 'about'] as const;

/** A section of the site: the section of a collection, or one of `OTHER_SECTIONS`. */
export type Section = Sectioned | (typeof OTHER_SECTIONS)[number];

/** The sections of the site, in the order of the navigation. Each has a page in every language. */
export const SECTIONS: readonly Section[] = [...COLLECTIONS.filter(hasSection), ...OTHER_SECTIONS];

/** `/{lang}/` */
export const homePath = (language: string): string => `/${language}/`;

/** `/{lang}/{section}/` */
export const sectionPath = (language: string, section: Section): string => `/${language}/${section}/`;

const inEachLanguage = (
  { languages }: Pick<Site, 'languages'>,
  path: (language: string) => string,
): Readonly<Record<string, string>> => Object.fromEntries(languages.map(({ tag }) => [tag, path(tag)]));

/** The path of the home page, by language. */
export const homePaths = (site: Site) => inEachLanguage(site, homePath);

/** The path of a section's page, by language. */
export const sectionPaths = (site: Site, section: Section) =>
  inEachLanguage(site, (language) => sectionPath(language, section));

/** The path of the page that lists all items of a collection, by language. */
export const listPaths = (site: Site, collection: Collection) =>
  inEachLanguage(site, (language) =>
    isOnDataPage(collection)
      ? sectionPath(language, 'data')
      : hasSection(collection)
        ? sectionPath(language, collection)
        : `${homePath(language)}#${collection}`,
  );

/**
 * `/{lang}/{section}/{yyyy-mm}/`: the newest items of a month; `/{lang}/{section}/{yyyy-mm}/page-{k}/`: older ones.
 * @param page 1 is the oldest page of a month with many items, null the newest
 */
export const monthPath = (
  language: string,
  section: Section,
  month: CivilMonth,
  page: number | null = null,
): string => `/${language}/${section}/${month}/${page === null ? '' : `page-${page}/`}`;

/** `/api/v1/{list}.json`: the first page of a list in the API. */
export const jsonListPath = (list: string): string => `/api/v1/${list}.json`;

/** `/{lang}/{collection}/{id}`: an item's permalink. */
export const itemPath = (language: string, collection: Collection, id: ItemId): string =>
  `/${language}/${collection}/${id}`;

/**
 * The public name of a language's shell.
 * @param template the version of the templates; left out for the shell of the release's own pages
 */
export const publicShellName = (language: string, template?: string): string =>
  template === undefined ? language : `${language}-${template}`;

/** The texts of a shell as JSON: what all its pages share, so that anybody can check the rest of a page. */
export const shellPath = (name: string): string => `/api/v1/shells/${name}.json`;

/**
 * A list of documents' digests.
 * @param name of the list: a collection and the id of its first item, or the path of its first document
 */
export const digestListPath = (name: string): string =>
  `/api/v1/digests/${name.replaceAll(/^\/|\/$/g, '').replaceAll('/', '-')}.json`;

/** The newest page of the public ledger, and its older pages: page 1 is the oldest. */
export const LEDGER_PATH = '/api/v1/ledger.json';
export const ledgerPagePath = (k: number | string): string => `/api/v1/ledger/${k}.json`;

/** The signed list of all that a release shows, and the public keys that verify its signature. */
export const SIGNED_RELEASE_PATH = '/api/v1/release.json';
export const KEYS_PATH = '/.well-known/nashra-keys.json';

/** The id of an item's element on its section's page, such as `faq-7`, for items without a page of their own. */
export const itemAnchor = (item: Pick<Item, 'collection' | 'id'>): string => `${item.collection}-${item.id}`;

/** The path of an item, by language: its permalink, or its place on the page that lists its collection. */
export const itemPaths = (site: Site, item: Pick<Item, 'collection' | 'id'>) =>
  inEachLanguage(site, (language) => itemPlace(language, item));

function itemPlace(language: string, { collection, id }: Pick<Item, 'collection' | 'id'>): string {
  if (hasPermalinks(collection)) return itemPath(language, collection, id);
  if (isOnDataPage(collection)) return `${sectionPath(language, 'data')}#${itemAnchor({ collection, id })}`;
  if (!hasSection(collection)) return `${homePath(language)}#${collection}`; // the home page lists the whole collection
  return `${sectionPath(language, collection)}#${itemAnchor({ collection, id })}`;
}
