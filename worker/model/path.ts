import type { CivilMonth } from './civil-date.ts';
import {
  COLLECTIONS,
  type Collection,
  hasPermalinks,
  hasSection,
  type Sectioned,
} from './collections/registry.ts';
import type { Item, ItemId } from './item.ts';
import type { Site } from './site.ts';

const OTHER_SECTIONS = ['data', 'changes', 'about'] as const;

/** A section of the site: a collection's, or one of the others. */
export type Section = Sectioned | (typeof OTHER_SECTIONS)[number];

/** The sections of the site, each with a page in every language, in the order pages name them. */
export const SECTIONS: readonly Section[] = [...COLLECTIONS.filter(hasSection), ...OTHER_SECTIONS];

/** `/{lang}/` */
export const homePath = (language: string): string => `/${language}/`;

/** `/{lang}/{section}/` */
export const sectionPath = (language: string, section: Section): string => `/${language}/${section}/`;

const inEachLanguage = (
  { languages }: Pick<Site, 'languages'>,
  path: (language: string) => string,
): Readonly<Record<string, string>> => Object.fromEntries(languages.map(({ tag }) => [tag, path(tag)]));

/** The home page in each of a site's languages. */
export const homePaths = (site: Site) => inEachLanguage(site, homePath);

/** A section's page in each of a site's languages. */
export const sectionPaths = (site: Site, section: Section) =>
  inEachLanguage(site, (language) => sectionPath(language, section));

/** Where all items of a collection are to be read, in each of a site's languages. */
export const listPaths = (site: Site, collection: Collection) =>
  inEachLanguage(site, (language) =>
    hasSection(collection) ? sectionPath(language, collection) : `${homePath(language)}#${collection}`,
  );

/** `/{lang}/{section}/{yyyy-mm}/` */
export const monthPath = (language: string, section: Section, month: CivilMonth): string =>
  `/${language}/${section}/${month}/`;

/** `/{lang}/{collection}/{id}`: an item's permalink. */
export const itemPath = (language: string, collection: Collection, id: ItemId): string =>
  `/${language}/${collection}/${id}`;

/** The id of the element an item without a page of its own is in, on its section's page: `faq-7`. */
export const itemAnchor = (item: Pick<Item, 'collection' | 'id'>): string => `${item.collection}-${item.id}`;

/** Where an item is to be read in each of a site's languages: its permalink, or the place among others it stands at. */
export const itemPaths = (site: Site, item: Pick<Item, 'collection' | 'id'>) =>
  inEachLanguage(site, (language) => itemPlace(language, item));

function itemPlace(language: string, { collection, id }: Pick<Item, 'collection' | 'id'>): string {
  if (hasPermalinks(collection)) return itemPath(language, collection, id);
  if (!hasSection(collection)) return `${homePath(language)}#${collection}`; // all of them stand on the home page
  return `${sectionPath(language, collection)}#${itemAnchor({ collection, id })}`;
}
