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

/** What the live chart says. A page names the file with those of its language, so that it fetches no other's. */
export type ChartStrings = Pick<Strings, (typeof KEYS)[number]>;

/** What the live chart says in a language. */
export const chartStrings = (strings: Strings): ChartStrings =>
  Object.fromEntries(KEYS.map((key) => [key, strings[key]])) as ChartStrings;

/** The name of that file, as pages ask for it. */
export const chartStringsFile = (stringsTag: string): string => `chart-${stringsTag}.json`;
