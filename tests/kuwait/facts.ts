import { readFileSync } from 'node:fs';

/** The rows of a table in `data/`, by column. The tables hold the facts that the seed was written from. */
export function factsIn(name: string): readonly Readonly<Record<string, string>>[] {
  const text = readFileSync(new URL(`data/${name}`, import.meta.url), 'utf8');
  const separator = name.endsWith('.tsv') ? '\t' : ',';
  const [header = '', ...lines] = text.trimEnd().split('\n');
  const names = header.split(separator);
  return lines.map((line) => {
    const cells = line.split(separator);
    return Object.fromEntries(names.map((column, i) => [column, cells[i] ?? '']));
  });
}

/** The URL of each numbered source of the facts. */
export const sourceUrls: ReadonlyMap<string, string> = new Map(
  readFileSync(new URL('data/sources.txt', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => [/^\d+/.exec(line)?.[0] ?? '', /https?:\/\/\S+/.exec(line)?.[0] ?? ''] as const),
);

/** The URLs of sources that are named by their numbers, as in `101 105`. */
export const urlsOf = (numbers: string | undefined): readonly (string | undefined)[] =>
  (numbers ?? '').split(' ').map((number) => sourceUrls.get(number));

const SCALES: Readonly<Record<string, number>> = {
  million: 1e6,
  مليون: 1e6,
  ملايين: 1e6,
  ألف: 1e3,
  آلاف: 1e3,
};

/**
 * The numbers in a text that are written in digits, multiplied by "thousand" and "million": "KD 10 million" gives
 * 10,000,000.
 */
export const numbersIn = (text: string): readonly number[] =>
  [
    ...text
      .replace(/(COVID|كوفيد)-19/g, '')
      .matchAll(/(\d+(?:,\d{3})*(?:\.\d+)?)(?: (million|مليون|ملايين|ألف|آلاف)(?!\p{L}))?/gu),
  ].map(([, digits = '', scale]) => Number(digits.replaceAll(',', '')) * (scale ? (SCALES[scale] ?? 1) : 1));

const MONTHS = [
  ['January', 'يناير'],
  ['February', 'فبراير'],
  ['March', 'مارس'],
  ['April', 'أبريل'],
  ['May', 'مايو'],
  ['June', 'يونيو'],
  ['July', 'يوليو'],
  ['August', 'أغسطس'],
  ['September', 'سبتمبر'],
  ['October', 'أكتوبر'],
  ['November', 'نوفمبر'],
  ['December', 'ديسمبر'],
] as const;

/** The days of months in a text, as `MM-DD`: "13 March" and "13 مارس" give `03-13`. So does "13 Mar". */
export const daysIn = (text: string): readonly string[] =>
  [...text.matchAll(/(\d{1,2}) (\p{L}+)/gu)].flatMap(([, day = '', name = '']) => {
    const month = MONTHS.findIndex(([en, ar]) => ar === name || en === name || en.slice(0, 3) === name);
    return month < 0 ? [] : [`${String(month + 1).padStart(2, '0')}-${day.padStart(2, '0')}`];
  });
