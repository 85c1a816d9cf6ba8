import markdownit from 'markdown-it';
import type { SafeHtml } from '../../../client/page/parts/body.tsx';
import { coded } from '../../model/coded.ts';
import type { Coded } from '../../model/messages.ts';
import { isTelephoneNumber } from '../../model/validation/fields.ts';
import { hasUserPart, shownAddress } from '../../model/web-address.ts';
import { BoundedCache } from '../../platform/bounded-cache.ts';
import { headOf } from './cut-text.ts';
import { readArabicEmphasis } from './markdown-emphasis.ts';
import { readArabicLines } from './markdown-lines.ts';
import { readBareAddresses, readNumbers } from './markdown-links.ts';
import { readTables } from './markdown-tables.ts';
import { meterWork, TooMuchWork } from './markdown-work.ts';

const SCHEMES = /^(https?:\/\/|mailto:|tel:)/i;
const TEL = /^tel:/i;

// CommonMark with exceptions. Raw HTML is shown as text. A picture becomes a link, because the policy would not load
// it. Reference links are off: a short source can give very long HTML (a body of 50,000 characters became 20 MB), and
// one item's text must never hold up a publish. A line break is one, because staff write addresses and lists of numbers
// in lines. What Arabic writes otherwise, links without marks, numbers and tables have files of their own.
const markdown = markdownit('commonmark', { html: false, xhtmlOut: false, breaks: true })
  .enable('strikethrough')
  .disable('reference');
readArabicLines(markdown);
readArabicEmphasis(markdown);
const { withinSteps, spend } = meterWork(markdown);
readBareAddresses(markdown, spend);
readTables(markdown, spend);
const { escapeHtml } = markdown.utils;
markdown.renderer.rules.image = (tokens, i) => {
  const text = escapeHtml(tokens[i]?.content ?? '');
  if (!tokens[i]?.attrGet('src')) return text;
  if (tokens[i]?.meta?.isInLink) return text; // HTML allows no link in a link
  return `<a href="${escapeHtml(String(tokens[i]?.attrGet('src') ?? ''))}">${text}</a>`;
};
markdown.validateLink = (url) => isLink(url.trim());
// The library shows an address decoded: punycode as letters, and %E2%80%AE as an override of direction.
const decodedText = markdown.normalizeLinkText;
markdown.normalizeLinkText = (url) => shownAddress(decodedText(url));
// `[x]()` has nowhere to lead to: it is text.
markdown.core.ruler.push('no_empty_links', ({ tokens }) => {
  for (const token of tokens) {
    let isEmpty = false;
    token.children =
      token.children?.filter((child) => {
        if (child.type === 'link_open') isEmpty = !child.attrGet('href');
        return !(isEmpty && (child.type === 'link_open' || child.type === 'link_close'));
      }) ?? null;
  }
});
// The page's own heading has level 1, so headings in a body start at level 2.
markdown.core.ruler.push('lower_headings', ({ tokens }) => {
  for (const token of tokens)
    if (token.type === 'heading_open' || token.type === 'heading_close')
      token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + 1)}`;
});

/** An address may have no user part, and a telephone number no `*` or `#`, as in the fields of items. */
const isLink = (url: string): boolean =>
  SCHEMES.test(url) && !hasUserPart(url) && (!TEL.test(url) || isTelephoneNumber(numberIn(url)));

const numberIn = (tel: string): string => tel.replace(TEL, '').replaceAll('%20', ' ').replaceAll('.', '-');
markdown.core.ruler.push('pictures_in_links', ({ tokens }) => {
  for (const { children } of tokens) {
    let isInLink = false;
    for (const token of children ?? []) {
      if (token.type === 'link_open') isInLink = true;
      else if (token.type === 'link_close') isInLink = false;
      else if (token.type === 'image') token.meta = { isInLink };
    }
  }
});
readNumbers(markdown, spend); // last, because it splits texts
// `[call](tel:+965 2497 0967)`: an address may have no space, but staff copy the number as it is written.
const { parseLinkDestination } = markdown.helpers;
const SPACED_TEL = /tel:\+?[0-9][0-9 -]{0,40}(?=\))/iy;
markdown.helpers.parseLinkDestination = (source, start, max) => {
  SPACED_TEL.lastIndex = start;
  const tel = SPACED_TEL.exec(source)?.[0];
  if (tel === undefined || start + tel.length > max) return parseLinkDestination(source, start, max);
  return { ok: true, pos: start + tel.length, str: tel.trimEnd().replaceAll(' ', '-') };
};

// Bounds of a body, in proportion to its length. The bodies of `kv-seed` take at most 3.5 steps a character, a list of
// links takes 5. Marks alone can take 1,200 (of 50,000 characters: a minute), and give HTML of 25 times their length.
const STEPS_A_CHARACTER = 12;
/** Of HTML: to write and escape it. */
const MADE_CHARACTERS_A_STEP = 4;
const MORE_STEPS = 5_000;
const MAX_GROWTH = 5;
const MORE_CHARACTERS = 5_000;
/** Any body of at most this many characters, or title, is within the bounds: it takes two milliseconds at most. */
const SHORT = 300;

const maxSteps = (length: number): number => STEPS_A_CHARACTER * length + MORE_STEPS;

/** HTML in UTF-8, by body. It holds about 600 ordinary bodies, or a dozen of the longest. */
const cache = new BoundedCache<Uint8Array>(8 * 1024 * 1024);

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Renders a Markdown body as safe HTML: no raw HTML, no pictures, links to http, https, mailto and tel only. A body
 * that takes too much work becomes paragraphs of plain text: a call that brings one is refused, but an older version
 * may have stored it.
 */
export function markdownHtml(body: string): SafeHtml {
  const cached = cache.get(body);
  if (cached) return decoder.decode(cached) as SafeHtml;
  const { html = plainHtml(body) } = renderWithin(body);
  const bytes = encoder.encode(html);
  cache.set(body, bytes, bytes.length);
  return html as SafeHtml;
}

/**
 * The work of a Markdown body. `steps`: what it took to parse it. `excess` says why this is too much: what is counted,
 * the bound, the value. It is null for a body within the bounds, as are the bodies that people write, and all bodies of
 * at most 300 characters.
 */
export function markdownWork(body: string): { readonly steps: number; readonly excess: Coded | null } {
  const { steps, excess = null } = renderWithin(body);
  return { steps, excess };
}

type Work = { readonly steps: number } & (
  | { readonly html: string; readonly excess?: never }
  | { readonly html?: never; readonly excess: Coded }
);

function renderWithin(body: string): Work {
  const isShort = body.length <= SHORT;
  const most = isShort ? Number.MAX_SAFE_INTEGER : maxSteps(body.length);
  const longest = isShort ? Number.POSITIVE_INFINITY : MAX_GROWTH * body.length + MORE_CHARACTERS;
  try {
    const { result: html, steps } = withinSteps(most, () => {
      const made = markdown.render(body);
      spend(made.length / MADE_CHARACTERS_A_STEP);
      return made;
    });
    if (html.length <= longest) return { html, steps };
    return {
      steps,
      excess: coded('markdown-too-long', { most: longest, has: html.length }),
    };
  } catch (error) {
    if (!(error instanceof TooMuchWork)) throw error;
    return {
      steps: most,
      excess: coded('markdown-steps', { most }),
    };
  }
}

const plainHtml = (body: string): string =>
  body
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${escapeHtml(paragraph)}</p>\n`)
    .join('');

// Characters of source that an excerpt reads, so that a long body costs no more than a short one.
const EXCERPT_SOURCE = 2_000;

/** Excerpts in UTF-8, by length and source: home pages and lists have the same ones in each publish. About 500. */
const excerpts = new BoundedCache<Uint8Array>(2 * 1024 * 1024);

/** The beginning of a body as one line of plain text, cut between words at about `length` characters. */
export function markdownExcerpt(body: string, length = 160): string {
  const source = body.slice(0, EXCERPT_SOURCE);
  const key = `${length} ${source}`;
  const cached = excerpts.get(key);
  if (cached) return decoder.decode(cached);
  const excerpt = cutExcerpt(source, length);
  const bytes = encoder.encode(excerpt);
  excerpts.set(key, bytes, bytes.length);
  return excerpt;
}

function cutExcerpt(source: string, length: number): string {
  const text = textOf(source).replace(/\s+/g, ' ').trim().toWellFormed();
  if (text.length <= length) return text;
  const cut = text.slice(0, length + 1);
  const word = cut.lastIndexOf(' ');
  return `${headOf(text, word > length / 2 ? word : length)}…`;
}

/** The text of Markdown without its marks; of Markdown that takes too much work, the source. */
function textOf(source: string): string {
  try {
    return (
      withinSteps(maxSteps(source.length), () => markdown.parse(source, {}))
        .result.filter(({ type }, i, tokens) => type === 'inline' && tokens[i - 1]?.type !== 'heading_open')
        // A text deeper than a paragraph is in a list: a dot separates it from the text before.
        .map(
          ({ children, level }, i) => (i > 0 && level > 1 ? '· ' : '') + (children ?? []).map(plain).join(''),
        )
        .join(' ')
    );
  } catch (error) {
    if (error instanceof TooMuchWork) return source;
    throw error;
  }
}

const plain = ({ type, content }: { type: string; content: string }): string =>
  type === 'text' || type === 'code_inline' ? content : type.endsWith('break') ? ' ' : '';
