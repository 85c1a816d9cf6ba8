import { chartStrings, chartStringsFile } from '../client/page/chart/chart-strings.ts';
import { pageLanguage, STRINGS_TAGS } from '../client/strings/languages.ts';

export { seedIdentity } from './seed/seed-identity.ts';
export { unavailablePages } from './unavailable-pages.ts';

/** The files of what the live chart says: name as pages ask for it, and JSON. One for each language with strings. */
export const chartStringsFiles = (): readonly (readonly [string, string])[] =>
  STRINGS_TAGS.map((tag) => [chartStringsFile(tag), JSON.stringify(chartStrings(pageLanguage(tag).strings))]);
