import { chartStrings, chartStringsFile } from '../client/page/chart/chart-strings.ts';
import { pageLanguage, STRINGS_TAGS } from '../client/strings/languages.ts';

export { seedIdentity } from './seed/seed-identity.ts';
export { unavailablePages } from './unavailable-pages.ts';

/** The files with the live chart's strings: the name that pages use, and the JSON. One per language with strings. */
export const chartStringsFiles = (): readonly (readonly [string, string])[] =>
  STRINGS_TAGS.map((tag) => [chartStringsFile(tag), JSON.stringify(chartStrings(pageLanguage(tag).strings))]);
