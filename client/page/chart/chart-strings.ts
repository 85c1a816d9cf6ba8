import type { SentenceKey, Strings } from '../../strings/ar.ts';

const KEYS = [
  'chart.live',
  'chart.alt',
  'chart.choose',
  'chart.day',
  'chart.reading',
  'chart.reset',
  'figure.none',
] as const satisfies readonly SentenceKey[];

/** The strings of the live chart. A page names the file for its language, so that no other language is fetched. */
export type ChartStrings = Pick<Strings, (typeof KEYS)[number]>;

/** Picks the live chart's strings from the strings of a language. */
export const chartStrings = (strings: Strings): ChartStrings =>
  Object.fromEntries(KEYS.map((key) => [key, strings[key]])) as ChartStrings;

/** The name that pages use for the file with a language's chart strings. */
export const chartStringsFile = (stringsTag: string): string => `chart-${stringsTag}.json`;
