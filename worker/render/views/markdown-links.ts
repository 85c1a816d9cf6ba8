import type { MarkdownIt } from 'markdown-it';
import { numberElement } from '../../../client/page/parts/number-order.ts';
import { numbersIn, type WrittenNumber } from '../../../client/page/parts/written-numbers.ts';
import { hasUserPart } from '../../model/web-address.ts';
import { CHARACTERS_A_STEP, type Spend, TOKEN_STEPS } from './markdown-work.ts';

type Token = InstanceType<MarkdownIt['core']['State']>['tokens'][number];
type NewToken = (...type: ConstructorParameters<InstanceType<MarkdownIt['core']['State']>['Token']>) => Token;

/** Looking for numbers in a text costs as much as it does to parse so many marks, however short the text is. */
const TEXT_STEPS = 3;
/** Reading digits that stand together, to see whether they are a part of a number. */
const DIGITS_STEPS = 10;
const SCANNED_CHARACTERS_A_STEP = 8;
/** The longest web address in the contract. */
const MOST_ADDRESS = 2_000;

// Of any script: the digits of most scripts end no number, and cost less.
const DIGITS = /\p{Nd}+/gu;
const SCHEME = /(?<![A-Za-z0-9+.-])https?$/i;
// An address ends at white space, brackets, quotes, an invisible character and the punctuation of Arabic.
const ADDRESS = new RegExp(
  `[^\\s<>[\\]"\`\\\\\u00ab\u00bb\u201c\u201d\u060c\u061b\u061f\u06d4\\p{Default_Ignorable_Code_Point}]{1,${MOST_ADDRESS}}`,
  'uy',
);
// After the last letter these belong to the sentence; a parenthesis does unless it is closed in the address.
const CLOSING = ".,;:!?'*_~)}|\u2026\u2019";

/** Makes bare web addresses links, as they are written. `www.` without a scheme is text. */
export function readBareAddresses(markdown: MarkdownIt, spend: Spend): void {
  markdown.inline.ruler.after('text', 'bare_address', (state, silent) => {
    const { src, pos, md } = state;
    if (silent || state.linkLevel > 0 || !src.startsWith('://', pos)) return false;
    const scheme = SCHEME.exec(src.slice(Math.max(0, pos - 6), pos))?.[0];
    // The scheme is text that waits, and not the end of a token. Its letters are not compared: that copies all that
    // waits.
    if (scheme === undefined || state.pending.length < scheme.length) return false;
    ADDRESS.lastIndex = pos + 3;
    const rest = withoutClosing(ADDRESS.exec(src)?.[0] ?? '');
    spend(1 + rest.length / SCANNED_CHARACTERS_A_STEP);
    if (rest === '') return false;
    const href = linkOf(md, `${scheme}://${rest}`);
    if (href === null) {
      // All of it is text, so that nothing in it is tried again.
      state.pending += src.slice(pos, pos + 3 + rest.length);
      state.pos = pos + 3 + rest.length;
      return true;
    }
    state.pending = state.pending.slice(0, -scheme.length);
    const open = state.push('link_open', 'a', 1);
    open.attrs = [['href', href]];
    open.info = 'auto';
    state.push('text', '', 0).content = md.normalizeLinkText(`${scheme}://${rest}`);
    state.push('link_close', 'a', -1);
    state.pos = pos + 3 + rest.length;
    return true;
  });
}

/** The address of a link as HTML has it; null for one that can be none. */
function linkOf(markdown: MarkdownIt, address: string): string | null {
  if (!/^https?:\/\/[\p{L}\p{N}]/iu.test(address) || hasUserPart(address)) return null;
  const href = markdown.normalizeLink(address);
  return URL.canParse(href) && markdown.validateLink(href) ? href : null;
}

function withoutClosing(address: string): string {
  let unopened = address.split(')').length - address.split('(').length;
  let end = address.length;
  for (; end > 0 && CLOSING.includes(address.charAt(end - 1)); end--) {
    if (address.charAt(end - 1) !== ')') continue;
    if (unopened <= 0) break;
    unopened -= 1;
  }
  return address.slice(0, end);
}

/**
 * Makes e-mail addresses and telephone numbers in texts links, and keeps the order of telephone and signed numbers: see
 * `numbersIn`. Addresses run from left to right, too. In a link only the order is kept.
 */
export function readNumbers({ core }: MarkdownIt, spend: Spend): void {
  core.ruler.push('numbers', ({ tokens, Token: TokenClass }) => {
    const newToken: NewToken = (...type) => {
      spend(TOKEN_STEPS);
      return new TokenClass(...type);
    };
    for (const token of tokens) {
      if (!token.children) continue;
      let href: string | null = null;
      const children: Token[] = [];
      for (const child of token.children) {
        if (child.type === 'link_open') {
          href = child.info === 'auto' ? 'auto' : 'written';
          if (href === 'auto') child.attrSet('dir', 'ltr');
        } else if (child.type === 'link_close') href = null;
        if (child.type !== 'text' || href === 'auto') children.push(child);
        else {
          spend(TEXT_STEPS + child.content.length / CHARACTERS_A_STEP);
          spend(DIGITS_STEPS * (child.content.match(DIGITS)?.length ?? 0));
          children.push(...withElements(child, newToken, href === null));
        }
      }
      token.children = children;
    }
  });
}

// RFC 5321 §4.5.3.1 allows a name of 64 characters. The host has a dot, as all have that readers can write to.
const EMAIL =
  /(?<![\w.%+@-])[A-Za-z0-9](?:[\w.%+-]{0,62}[\w%+-])?@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,63}(?![\w@-])/g;

type Element = readonly [tag: string, attributes: [string, string][]];
type Piece = { readonly from: number; readonly to: number; readonly elements: readonly Element[] };

/** A text as tokens: its addresses and numbers in elements, what is between as texts. */
function withElements(text: Token, newToken: NewToken, mayLink: boolean): readonly Token[] {
  const { content } = text;
  const tokens: Token[] = [];
  const pushText = (from: number, to?: number): void => {
    const token = newToken('text', '', 0);
    token.content = content.slice(from, to);
    tokens.push(token);
  };
  let end = 0;
  for (const { from, to, elements } of piecesOf(content, mayLink)) {
    if (from > end) pushText(end, from);
    for (const [tag, attributes] of elements) {
      const token = newToken(tag === 'a' ? 'link_open' : `${tag}_open`, tag, 1);
      token.attrs = attributes;
      tokens.push(token);
    }
    pushText(from, to);
    for (const [tag] of elements.toReversed())
      tokens.push(newToken(tag === 'a' ? 'link_close' : `${tag}_close`, tag, -1));
    end = to;
  }
  if (end === 0) return [text];
  if (end < content.length) pushText(end);
  return tokens;
}

function piecesOf(content: string, mayLink: boolean): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  const addNumbers = (from: number, to?: number): void => {
    for (const number of numbersIn(content.slice(from, to))) pieces.push(numberPiece(number, from, mayLink));
  };
  if (mayLink && content.includes('@'))
    for (const { 0: address, index } of content.matchAll(EMAIL)) {
      if (isInAddress(content, index)) continue;
      addNumbers(end, index);
      end = index + address.length;
      const attributes: [string, string][] = [
        ['href', `mailto:${address}`],
        ['dir', 'ltr'],
      ];
      pieces.push({ from: index, to: end, elements: [['a', attributes]] });
    }
  addNumbers(end);
  return pieces;

  function numberPiece({ kind, from, to, dial }: WrittenNumber, start: number, isLink: boolean): Piece {
    const place = { from: start + from, to: start + to };
    const { tag, class: name } = numberElement(kind, content.slice(place.from, place.to));
    const attributes: [string, string][] = [['dir', 'ltr']];
    if (name !== undefined) attributes.push(['class', name]);
    if (dial === undefined || !isLink) return { ...place, elements: [[tag, attributes]] };
    const href: [string, string] = ['href', `tel:${dial}`];
    // A link with a direction isolates, but only the element overrides.
    const elements: readonly Element[] =
      tag === 'bdi'
        ? [['a', [href, ...attributes]]]
        : [
            ['a', [href]],
            [tag, attributes],
          ];
    return { ...place, elements };
  }
}

/** Whether a position is in a web address that is no link: `https://moh.example@evil.example` is no e-mail address. */
const isInAddress = (text: string, position: number): boolean => {
  const [word = ''] = text
    .slice(Math.max(0, position - 200), position)
    .split(/\s/)
    .slice(-1);
  return /\/\/|https?:/i.test(word);
};
