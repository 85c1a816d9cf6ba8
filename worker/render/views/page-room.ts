import { numbersToKeep } from '../../../client/page/parts/number-order.ts';
import type { LocalizedText } from '../../../client/page/parts/text.tsx';
import { utf8Bytes } from '../../model/utf8-bytes.ts';
import { bodyHead, cutText } from './cut-text.ts';
import { markdownExcerpt, markdownHtml } from './markdown.ts';
import { prefixWithin } from './prefix-within.ts';

/**
 * The most bytes of a page's HTML, whatever staff wrote: a phone must be able to show it. A test renders the worst
 * pages.
 */
export const PAGE_BYTES = 300_000;

/** About how many of these a page's main part may have. The rest is for the frame: styles, notice, alerts, footer. */
export const MAIN_BYTES = 180_000;

/** The most rows of a list. */
export const MOST_ROWS = 100;

/** At least the bytes of the element that keeps the order of a number. */
const NUMBER_BYTES = 35;

/** The bytes of a text in HTML, where `&`, `<` and `"` are escaped and some numbers are elements. */
export const htmlBytes = (text: string): number =>
  utf8Bytes(text) +
  5 * (text.match(/["&]/g)?.length ?? 0) +
  3 * (text.match(/</g)?.length ?? 0) +
  NUMBER_BYTES * numbersToKeep(text).length;

/** More than the elements and attributes around any one value have. */
const MARKUP_BYTES = 64;

/** At least how many bytes a row takes whose view is this plain value, if it shows each text once. */
export function viewBytes(view: unknown): number {
  if (typeof view === 'string') return htmlBytes(view) + MARKUP_BYTES;
  if (typeof view !== 'object' || view === null) return MARKUP_BYTES;
  return Object.values(view).reduce<number>((sum, value) => sum + viewBytes(value), 0);
}

/** The first rows that a page has room for. */
export const rowsWithin = <T>(rows: readonly T[], bytes = MAIN_BYTES, most = MOST_ROWS): readonly T[] =>
  prefixWithin(rows.slice(0, most), viewBytes, bytes);

/** How much room a row takes on a page. */
export type RowSize<T> = {
  /** Bytes without its long texts, but with their beginnings. */
  readonly least: (row: T) => number;
  /** The length of its long texts as they were written. Their HTML is hardly ever shorter. */
  readonly source: (row: T) => number;
  /** Bytes of its long texts. */
  readonly long: (row: T) => number;
};

/**
 * The rows that a page has room for, and which of them it shows with their long texts: the shortest ones first, so that
 * one long text takes nothing from the others. The long texts that follow are not even rendered.
 */
export function fitRows<T>(
  rows: readonly T[],
  size: RowSize<T>,
  bytes = MAIN_BYTES,
): { readonly shown: readonly T[]; readonly whole: ReadonlySet<T> } {
  const shown = prefixWithin(rows, size.least, bytes);
  let left = bytes - shown.reduce((sum, row) => sum + size.least(row), 0);
  const whole = new Set<T>();
  for (const row of shown.toSorted((a, b) => size.source(a) - size.source(b))) {
    if (size.source(row) > left) break;
    left -= size.long(row);
    if (left < 0) break;
    whole.add(row);
  }
  return { shown, whole };
}

/** The most bytes of the beginning of a long text in a list. */
export const BEGINNING_BYTES = 400;

/** The beginning of a Markdown body as plain text, of at most `BEGINNING_BYTES` in HTML. */
export function beginningOf(body: LocalizedText): LocalizedText {
  const text = markdownExcerpt(body.text);
  return {
    ...body,
    text: htmlBytes(text) <= BEGINNING_BYTES ? text : cutText(text, Math.floor(BEGINNING_BYTES / 6) - 1),
  };
}

/** The bytes of a Markdown body in HTML. */
export const markdownBytes = (body: string): number => utf8Bytes(markdownHtml(body));

/** Like `cutText`, of a text that has a language. */
export const cutLabel = (label: LocalizedText, length: number): LocalizedText =>
  label.text.length <= length ? label : { ...label, text: cutText(label.text, length) };

/** The most bytes of the HTML of a body on its own page: 50,000 characters of any script but the rarest fit. */
const BODY_BYTES = 165_000;
/** A body of so many characters is never too long, because HTML has at most five characters for each, and 5,000. */
const SHORT_BODY = 8_000;

/** A Markdown body, or the paragraphs at its beginning whose HTML has at most `BODY_BYTES`. */
export function bodyWithin(body: LocalizedText): LocalizedText {
  if (body.text.length <= SHORT_BODY) return body;
  let { text } = body;
  for (let bytes = markdownBytes(text); bytes > BODY_BYTES; bytes = markdownBytes(text))
    text = bodyHead(text, Math.floor(text.length * Math.min(0.9, (0.95 * BODY_BYTES) / bytes))).head;
  return text === body.text ? body : { ...body, text };
}
