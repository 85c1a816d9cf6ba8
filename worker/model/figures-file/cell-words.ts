import type { CellValue } from '../cell-facts.ts';
import { languageTags, type Site } from '../site.ts';
import { nameKey } from './column-names.ts';

/** What a cell says with a word: that the agency reports no figure, or that it takes its figure back (null). */
export const NOT_REPORTED: CellValue = { value: null, state: 'not-reported' };
export const TAKEN_BACK: CellValue = null;

/** The words in cells. English is accepted everywhere. No program writes them for an empty cell, as it does NULL or NA. */
const WORDS: {
  readonly [language: string]: {
    readonly notReported: readonly string[];
    readonly takenBack: readonly string[];
  };
} = {
  ar: {
    notReported: ['لم يُعلن', 'لم يُبلَّغ', 'لم يُبلَّغ عنه', 'غير معلن', 'لم تُعلن'],
    takenBack: ['مسحوب', 'سُحب'],
  },
  en: { notReported: ['not reported'], takenBack: ['taken back'] },
};

/** What the words in cells mean on a site, by `nameKey`. */
export function cellWords(site: Site): ReadonlyMap<string, CellValue> {
  const words = new Map<string, CellValue>();
  for (const tag of [...languageTags(site), 'en']) {
    const { notReported = [], takenBack = [] } = WORDS[tag.split('-')[0] ?? ''] ?? {};
    for (const word of notReported) words.set(nameKey(word), NOT_REPORTED);
    for (const word of takenBack) words.set(nameKey(word), TAKEN_BACK);
  }
  return words;
}

/** A dash alone: 0, as spreadsheets write it in their form for accounts, or nothing reported, as people write it. */
export const isDash = (cell: string): boolean => /^[-\u2010-\u2015]{1,3}$/.test(cell);
