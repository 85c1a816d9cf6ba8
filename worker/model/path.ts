import type { CivilMonth } from './civil-date.ts';
import { hasPermalinks } from './collection.ts';
import type { Collection, Item, ItemId } from './content.ts';
import type { Site } from './site.ts';

/** The sections of the site that have a page in every language. */
export type Section = 'news';

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

/** Where an item is to be read in each of a site's languages: its permalink, or the place among others it stands at. */
export const itemPaths = (site: Site, item: Item): Readonly<Record<string, string>> =>
  Object.fromEntries(
    site.languages.map(({ tag }) => [
      tag,
      hasPermalinks(item.collection)
        ? itemPath(tag, item.collection, item.id)
        : `${homePath(tag)}#${item.collection}`,
    ]),
  );
