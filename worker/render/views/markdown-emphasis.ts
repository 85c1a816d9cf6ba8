import type { MarkdownIt } from 'markdown-it';

/** A letter or a mark of a script other than Latin. The tatweel has no script of its own. */
const LETTER = /^(?!\p{Script=Latin}|[\u0300-\u036f])[\p{L}\p{M}\u0640]/u;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;
/** More invisible characters than anybody types in one place. */
const MOST_INVISIBLE = 8;

/**
 * Lets emphasis begin or end beside a letter although the other side is punctuation, in scripts other than Latin:
 * «و**«حظر»**», «**تنبيه:**يبدأ». CommonMark (§6.2, flanking) takes such marks for text, because Latin writing has a
 * space there. Arabic writes some words joined to the next. Invisible characters beside a mark do not count.
 */
export function readArabicEmphasis({ inline, utils }: MarkdownIt): void {
  const { isMdAsciiPunct, isPunctCharCode, isWhiteSpace } = utils;
  const kindOf = (character: string): 'space' | 'punctuation' | 'letter' | 'other' => {
    const code = character.codePointAt(0) ?? 0x20;
    if (isWhiteSpace(code)) return 'space';
    if (isMdAsciiPunct(code) || isPunctCharCode(code)) return 'punctuation';
    return LETTER.test(character) ? 'letter' : 'other';
  };
  inline.State = class extends inline.State {
    override scanDelims(start: number, canSplitWord: boolean) {
      const scanned = super.scanDelims(start, canSplitWord);
      if (!canSplitWord) return scanned; // underscores are letters of names
      const before = kindOf(characterBefore(this.src, start));
      const after = kindOf(characterAt(this.src, start + scanned.length, this.posMax));
      return {
        ...scanned,
        can_open: after !== 'space' && (after !== 'punctuation' || before !== 'other'),
        can_close: before !== 'space' && (before !== 'punctuation' || after !== 'other'),
      };
    }
  };
}

/** The visible character before a position; empty at the beginning. */
function characterBefore(text: string, position: number): string {
  let end = position;
  for (let i = 0; i < MOST_INVISIBLE && end > 0 && INVISIBLE.test(text.charAt(end - 1)); i++) end -= 1;
  const last = text.charAt(end - 1);
  return /[\udc00-\udfff]/.test(last) ? text.slice(Math.max(0, end - 2), end) : last;
}

/** The visible character at a position; empty at the end. */
function characterAt(text: string, position: number, end: number): string {
  let start = position;
  for (let i = 0; i < MOST_INVISIBLE && start < end && INVISIBLE.test(text.charAt(start)); i++) start += 1;
  return start < end ? String.fromCodePoint(text.codePointAt(start) ?? 0x20) : '';
}
