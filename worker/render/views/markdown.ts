import markdownit from 'markdown-it';
import type { SafeHtml } from '../../../client/page/parts/body.tsx';
import { isTelephoneNumber } from '../../model/validation/fields.ts';
import { hasUserPart, shownAddress } from '../../model/web-address.ts';
import { BoundedCache } from '../../platform/bounded-cache.ts';

const SCHEMES = /^(https?:\/\/|mailto:|tel:)/i;
const TEL = /^tel:/i;

// CommonMark with three exceptions. Raw HTML is shown as text. A picture becomes a link, because the policy would not
// load it. Reference links (and GitHub's tables) are off: a short source can give very long HTML (a body of 50,000
// characters became 20 MB), and one item's text must never hold up a publish.
const markdown = markdownit('commonmark', { html: false, xhtmlOut: false })
  .enable('strikethrough')
  .disable('reference');
const { escapeHtml } = markdown.utils;
markdown.renderer.rules.image = (tokens, i) => {
  const text = escapeHtml(tokens[i]?.content ?? '');
  if (!tokens[i]?.attrGet('src')) return text;
  const link = tokens.slice(0, i).findLast(({ type }) => type === 'link_open' || type === 'link_close');
  if (link?.type === 'link_open') return text; // HTML allows no link in a link
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

/** HTML in UTF-8, by body. It holds about 600 ordinary bodies, or a dozen of the longest. */
const cache = new BoundedCache<Uint8Array>(8 * 1024 * 1024);

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Renders a Markdown body as safe HTML: no raw HTML, no pictures, links to http, https, mailto and tel only. */
export function markdownHtml(body: string): SafeHtml {
  const cached = cache.get(body);
  if (cached) return decoder.decode(cached) as SafeHtml;
  const html = markdown.render(body) as SafeHtml;
  const bytes = encoder.encode(html);
  cache.set(body, bytes, bytes.length);
  return html;
}

// Characters of source that an excerpt reads, so that a long body costs no more than a short one.
const EXCERPT_SOURCE = 2_000;

/** The beginning of a body as one line of plain text, cut between words at about `length` characters. */
export function markdownExcerpt(body: string, length = 160): string {
  const text = markdown
    .parse(body.slice(0, EXCERPT_SOURCE), {})
    .filter(({ type }, i, tokens) => type === 'inline' && tokens[i - 1]?.type !== 'heading_open')
    // A text deeper than a paragraph is in a list: a dot separates it from the text before.
    .map(({ children, level }, i) => (i > 0 && level > 1 ? '· ' : '') + (children ?? []).map(plain).join(''))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()
    .toWellFormed();
  if (text.length <= length) return text;
  const cut = text.slice(0, length + 1);
  const word = cut.lastIndexOf(' ');
  return `${(word > length / 2 ? cut.slice(0, word) : text.slice(0, length)).replace(/[\ud800-\udbff]$/, '')}…`;
}

const plain = ({ type, content }: { type: string; content: string }): string =>
  type === 'text' || type === 'code_inline' ? content : type.endsWith('break') ? ' ' : '';
