import type { SentenceKey, Strings } from '../../strings/ar.ts';

const KEYS = [
  'chart.live',
  'chart.level',
  'chart.gaps',
  'chart.break',
  'chart.adjusted',
  'chart.provisional',
  'chart.with',
  'chart.without',
  'chart.on.break',
  'chart.on.raised',
  'chart.on.lowered',
  'chart.on.provisional',
  'chart.alt',
  'chart.choose',
  'chart.day',
  'chart.reading',
  'chart.reset',
  'figure.none',
  'table.said',
  'table.paused',
] as const satisfies readonly SentenceKey[];

/** The strings of the live chart. A page names the file for its language, so that no other language is fetched. */
export type ChartStrings = Pick<Strings, (typeof KEYS)[number]>;

/** Picks the live chart's strings from the strings of a language. */
export const chartStrings = (strings: Strings): ChartStrings =>
  Object.fromEntries(KEYS.map((key) => [key, strings[key]])) as ChartStrings;

/** The name that pages use for the file with a language's chart strings. */
export const chartStringsFile = (stringsTag: string): string => `chart-${stringsTag}.json`;
