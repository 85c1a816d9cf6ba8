/** A number in a text that must be read from left to right, also where the text runs from right to left. */
export type WrittenNumber = {
  readonly kind: 'telephone' | 'signed';
  readonly from: number;
  /** The position after it. */
  readonly to: number;
  /** What to dial, in digits 0 to 9; left out unless this is surely a telephone number. */
  readonly dial?: string;
};

// Digits 0 to 9, Arabic-Indic and Persian ones.
const D = '0-9\u0660-\u0669\u06f0-\u06f9';
const SPACE = ' \u00a0\u2009\u202f';
const HYPHEN = '\\-\u2010\u2011';
// Digits that single spaces and hyphens join, each perhaps after digits in parentheses, after a plus or minus.
const GROUP = `(?:\\([${D}]+\\)[${SPACE}${HYPHEN}]?)?[${D}]+`;
const CANDIDATE = new RegExp(`[+\u2212\u00b1-]?${GROUP}(?:[${SPACE}${HYPHEN}]${GROUP})*`, 'gu');
// Without one of these a text has only digits alone, which keep their order.
const MAY_HAVE = new RegExp(`[+\u2212\u00b1-][(${D}]|[${D})][${SPACE}${HYPHEN}][(${D}]|\\)[${D}]`, 'u');

const FEWEST_DIGITS = 7;
/** Of a number whose country is named. */
const FEWEST_INTERNATIONAL = 8;
/** Of a country, in digits: ITU-T E.164 §6.2.2. */
const LONGEST_CODE = 3;
/** ITU-T E.164 §6.2.1. */
const MOST_DIGITS = 15;
/** No number that is written in groups with spaces is longer. What follows is a number of its own. */
const MOST_SPACED_DIGITS = 13;

/**
 * The telephone and signed numbers in a text. After an Arabic letter, the bidirectional algorithm (UAX #9, rules W2 and
 * N1) shows their groups in the opposite order: `+965 2497-0967` is seen as `0967-2497 965+`, and `-12` as `12-`.
 *
 * A telephone number surely is what
 * - begins with `+`, or with 00 and another digit, and has 8 (10 after 00) to 15 digits;
 * - has an area code in parentheses, or a first group that begins with 0, and 7 to 15 digits;
 * - has 7 to 15 digits in groups with hyphens, none of them a year; of two groups, the second begins with 0 or is the
 *   lower one, so that this is no range.
 *
 * Other numbers of 7 or more digits with hyphens, two groups of four, and what has more digits behind a space, keep
 * their order too, but nobody can dial them. Left as they are: numbers without separators, dates, ranges of years,
 * numbers of fewer digits (10-15), what touches a letter, and signed numbers in Arabic-Indic digits, whose sign `Intl`
 * too writes on the right.
 */
export function numbersIn(text: string): readonly WrittenNumber[] {
  if (!MAY_HAVE.test(text)) return [];
  const found: WrittenNumber[] = [];
  for (const { 0: run, index } of text.matchAll(CANDIDATE)) {
    const words = wordsOf(run, index);
    for (let i = 0; i < words.length; ) {
      const number = telephoneAt(text, words, i) ?? (i === 0 ? signedAt(text, words) : null);
      if (number) found.push(number);
      const to = number?.to ?? 0;
      do i += 1;
      while ((words[i]?.from ?? Number.POSITIVE_INFINITY) < to);
    }
  }
  return found;
}

/** Digits between spaces: their groups, with the signs and parentheses as written. */
type Word = { readonly text: string; readonly from: number; readonly groups: readonly string[] };

const WORD = new RegExp(`[^${SPACE}]+`, 'gu');
const DIGITS = new RegExp(`[${D}]+`, 'gu');

function wordsOf(run: string, start: number): readonly Word[] {
  return Array.from(run.matchAll(WORD), ({ 0: text, index }) => ({
    text,
    from: start + index,
    groups: Array.from(text.matchAll(DIGITS), ([group]) => asciiDigits(group)),
  }));
}

const asciiDigits = (digits: string): string =>
  digits.replace(/[^0-9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 15));

const count = (groups: readonly string[]): number => groups.reduce((sum, { length }) => sum + length, 0);

/** The telephone number that begins with a word, or null. */
function telephoneAt(text: string, words: readonly Word[], i: number): WrittenNumber | null {
  const [first, second] = [words[i], words[i + 1]];
  if (!first || !startsAlone(text, first)) return null;
  const [a = '', b = ''] = first.groups;
  const isInternational =
    /^\+/.test(first.text) || (/^00[1-9]/.test(a) && !/^[-\u2212\u00b1]/.test(first.text));
  if (isInternational) return international(text, words, i);
  if (/^[-\u2212\u00b1]/.test(first.text)) return null;
  if (first.text.startsWith('(')) {
    const whole = spaced(words, i);
    const isArea = isAreaCode(a) || (a.length === 2 && whole.text.includes('-'));
    return isArea && !isDate(whole.groups.slice(1)) ? national(text, whole, true) : null;
  }
  if (first.groups.length > 1) {
    if (isDate(first.groups) || (first.groups.length === 2 && isYear(a, 1300) && isYear(b, 1300)))
      return null;
    if (!/^0/.test(a) && first.groups.every(({ length }) => length < 3)) return null;
    const isRange = first.groups.length === 2 && !/^0/.test(a) && !/^0/.test(b) && Number(a) < Number(b);
    const whole = spaced(words, i, /^0/.test(a) ? MOST_DIGITS : 1);
    return national(text, whole, !isRange && !first.groups.some((group) => isYear(group, 1900)));
  }
  if (/^0\d/.test(a)) {
    const whole = spaced(words, i);
    const isTime = whole.groups.length < 2 || whole.groups.some((group) => isYear(group, 1900));
    return isTime ? null : national(text, whole, true);
  }
  const pair = second?.groups.length === 1 && !/[()]/.test(second.text) ? (second.groups[0] ?? '') : '';
  if (a.length !== 4 || pair.length !== 4 || isYear(a, 1300) || isYear(pair, 1300)) return null;
  return national(text, spaced(words, i, 2), /^0/.test(pair));
}

type Spaced = {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly groups: readonly string[];
  /** Whether digits follow that might belong to it. */
  readonly isCut: boolean;
};

/** Words from the `i`-th that together may be one number, at most `most` of them. */
function spaced(words: readonly Word[], i: number, most = MOST_DIGITS): Spaced {
  let [text, from, to, isCut] = ['', words[i]?.from ?? 0, 0, false];
  let groups: readonly string[] = [];
  for (const word of words.slice(i, i + most)) {
    const digits = count(groups);
    const isWhole = digits >= FEWEST_INTERNATIONAL && HYPHENATED.test(text);
    if (isWhole || isDate(word.groups)) break;
    const isShorter = (groups.at(-1)?.length ?? 0) >= 4 && (word.groups[0]?.length ?? 0) < 3;
    isCut =
      groups.length > 0 &&
      (digits + count(word.groups) > MOST_SPACED_DIGITS || (digits >= FEWEST_INTERNATIONAL && isShorter));
    if (isCut) break;
    text += groups.length === 0 ? word.text : ` ${word.text}`;
    groups = [...groups, ...word.groups];
    to = word.from + word.text.length;
  }
  return { from, to, text, groups, isCut };
}

/** A text whose last word has a hyphen between its digits. */
const HYPHENATED = new RegExp(`[${D}][${HYPHEN}][^ ]*$`, 'u');

function international(text: string, words: readonly Word[], i: number): WrittenNumber | null {
  const whole = spaced(words, i);
  const digits = count(whole.groups);
  const isPlus = whole.text.startsWith('+');
  const code = whole.groups[0]?.length ?? 0;
  if (digits < (isPlus ? FEWEST_INTERNATIONAL : FEWEST_INTERNATIONAL + 2)) return null;
  if (isPlus && code > LONGEST_CODE && code < FEWEST_INTERNATIONAL) return null;
  // +12 345 678 is a count in thousands.
  const isCount = digits <= 9 && /^\+\d{1,3}( \d{3})+$/.test(asciiText(whole.text));
  return number(text, whole, !isCount);
}

const asciiText = (text: string): string => text.replace(DIGITS, asciiDigits);

function national(text: string, whole: Spaced, isSure: boolean): WrittenNumber | null {
  return count(whole.groups) < FEWEST_DIGITS ? null : number(text, whole, isSure);
}

function number(
  text: string,
  { from, to, text: written, groups, isCut }: Spaced,
  isSure: boolean,
): WrittenNumber {
  const isDialled = isSure && !isCut && count(groups) <= MOST_DIGITS && endsAlone(text, to);
  const dial = (written.startsWith('+') ? '+' : '') + groups.join('');
  return { kind: 'telephone', from, to, ...(isDialled ? { dial } : {}) };
}

const DIGIT = new RegExp(`[${D}]`, 'u');
const JOINED = new RegExp(`[\\p{L}\\p{M}${D}_@#&=%+\\-\u2212]`, 'u');
const ARABIC = /[\p{Script=Arabic}\u0640]/u;

/** Whether nothing before a word joins it. Arabic writes some words joined to the next: «و2497-0967», «بـ+965». */
function startsAlone(text: string, { from, text: word }: Word): boolean {
  const before = text.slice(Math.max(0, from - 1), from);
  const beforeThat = text.slice(Math.max(0, from - 2), from - 1);
  if (/[:;]/.test(before)) return !DIGIT.test(beforeThat);
  if (/[./,]/.test(before)) return !DIGIT.test(beforeThat) && !/[A-Za-z/]/.test(beforeThat);
  return !JOINED.test(before) || (!/^[-\u2212\u00b1]/.test(word) && ARABIC.test(before));
}

const JOINS = new RegExp(`[A-Za-z${D}_@#*=]|[-./,:+\u066b\u066c][${D}]`, 'uy');

/** Whether nothing after a number joins it. */
function endsAlone(text: string, to: number): boolean {
  JOINS.lastIndex = to;
  return !JOINS.test(text);
}

const DECIMALS = new RegExp(`(?:[.,\u066b\u066c][${D}]+)*[%\u066a]?`, 'uy');

/** The signed number that a run of words begins with, or null. */
function signedAt(text: string, [first]: readonly Word[]): WrittenNumber | null {
  if (!first || !/^[-+\u2212\u00b1][0-9\u06f0-\u06f9]+$/.test(first.text) || !startsAlone(text, first))
    return null;
  DECIMALS.lastIndex = first.from + first.text.length;
  const [decimals = ''] = DECIMALS.exec(text) ?? [];
  return { kind: 'signed', from: first.from, to: first.from + first.text.length + decimals.length };
}

/** Whether a group is a year of at least `first`, in the Hijri or the Gregorian calendar. */
const isYear = (group: string, first: number): boolean =>
  group.length === 4 && Number(group) >= first && Number(group) < 2100;

const isAreaCode = (group: string): boolean =>
  (/^0\d/.test(group) || group.length >= 3) && group.length <= 5 && !isYear(group, 1900);

/** Whether groups are a date, the year first or last. */
function isDate(groups: readonly string[]): boolean {
  if (groups.length !== 3) return false;
  const [year = '', ...others] = (groups[0]?.length ?? 0) > 2 ? groups : groups.toReversed();
  return (
    isYear(year, 1300) &&
    others.every(({ length }) => length <= 2) &&
    others.every((other) => Number(other) >= 1 && Number(other) <= 31) &&
    others.some((other) => Number(other) <= 12)
  );
}
