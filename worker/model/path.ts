import type { CivilMonth } from './civil-date.ts';
import { hasPermalinks } from './collections/collection.ts';
import type { Collection, Item, ItemId } from './collections/content.ts';
import type { Site } from './site.ts';

/** The sections of the site, each with a page in every language, in the order pages name them. */
export const SECTIONS = [
  'news',
  'decisions',
  'faq',
  'guidance',
  'plan',
  'rumours',
  'data',
  'changes',
  'about',
] as const;
export type Section = (typeof SECTIONS)[number];

/** `/{lang}/` */
export const homePath = (language: string): string => `/${language}/`;

/** `/{lang}/{section}/` */
export const sectionPath = (language: string, section: Section): string => `/${language}/${section}/`;

/** `/{lang}/{section}/{yyyy-mm}/` */
export const monthPath = (language: string, section: Section, month: CivilMonth): string =>
  `/${language}/${section}/${month}/`;

/** `/{lang}/{collection}/{id}`: an item's permalink. */
export const itemPath = (language: string, collection: Collection, id: ItemId): string =>
  `/${language}/${collection}/${id}`;

/** The id of the element an item without a page of its own is in, on its section's page: `faq-7`. */
export const itemAnchor = (item: Pick<Item, 'collection' | 'id'>): string => `${item.collection}-${item.id}`;

/** Where an item is to be read in each of a site's languages: its permalink, or the place among others it stands at. */
export const itemPaths = (site: Site, item: Item): Readonly<Record<string, string>> =>
  Object.fromEntries(site.languages.map(({ tag }) => [tag, itemPlace(tag, item)]));

function itemPlace(language: string, { collection, id }: Item): string {
  if (hasPermalinks(collection)) return itemPath(language, collection, id);
  if (collection === 'contacts') return `${homePath(language)}#contacts`; // all of them stand on the home page
  return `${sectionPath(language, collection)}#${itemAnchor({ collection, id })}`;
}
