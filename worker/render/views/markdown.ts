import markdownit from 'markdown-it';
import { BoundedCache } from '../../platform/bounded-cache.ts';

const SCHEMES = /^(https?:\/\/|mailto:|tel:)/i;

// CommonMark without raw HTML (shown as it was typed); of a picture, which the policy would not load, a link. Nor links
// by reference (nor GitHub's tables): both write far more HTML than they are written with (a body of 50,000 characters became 20 MB),
// and what is one item's text must never hold up a publish.
const markdown = markdownit('commonmark', { html: false, xhtmlOut: false })
  .enable('strikethrough')
  .disable('reference');
const { escapeHtml } = markdown.utils;
markdown.renderer.rules.image = (tokens, i) => {
  const text = escapeHtml(tokens[i]?.content ?? '');
  const link = tokens.slice(0, i).findLast(({ type }) => type === 'link_open' || type === 'link_close');
  if (link?.type === 'link_open') return text; // a link holds no other
  return `<a href="${escapeHtml(String(tokens[i]?.attrGet('src') ?? ''))}">${text}</a>`;
};
markdown.validateLink = (url) => SCHEMES.test(url.trim());
// The page's own heading is of level 1; what staff write stands below it.
markdown.core.ruler.push('lower_headings', ({ tokens }) => {
  for (const token of tokens)
    if (token.type === 'heading_open' || token.type === 'heading_close')
      token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + 1)}`;
});

/** HTML as UTF-8 by body: of ordinary bodies some 600, of the longest a dozen. */
const rendered = new BoundedCache<Uint8Array>(8 * 1024 * 1024);

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A Markdown body as safe HTML: no raw HTML, no pictures, links to http, https, mailto and tel only. */
export function markdownHtml(body: string): string {
  const before = rendered.get(body);
  if (before) return decoder.decode(before);
  const html = markdown.render(body);
  const bytes = encoder.encode(html);
  rendered.set(body, bytes, bytes.length);
  return html;
}

// Enough source for any excerpt, so that a long body costs no more than a short one.
const EXCERPT_SOURCE = 2_000;

/** The beginning of a body as plain text on one line, cut between words at about `length` characters. */
export function markdownExcerpt(body: string, length = 160): string {
  const text = markdown
    .parse(body.slice(0, EXCERPT_SOURCE), {})
    .filter(({ type }, i, tokens) => type === 'inline' && tokens[i - 1]?.type !== 'heading_open')
    // What stands deeper than a paragraph is a line of a list: a dot parts it from the one before.
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
