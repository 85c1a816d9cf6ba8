import { createHash } from 'node:crypto';
import type { Bulletin, Moment } from '../model/bulletin.ts';
import type { Paged } from '../model/collections/registry.ts';
import type { Audience, Part } from '../pack/format.ts';

/**
 * Which pack a document lies in. `release`: it may change with any publish. `series`: whole-series files, which only
 * figures change. `archive`: lists of older items, which an ordinary publish leaves alone.
 */
export type PackName = 'release' | 'series' | 'archive';

/** One thing with a public URL, rendered when its stamp changes and never on a read. */
export type Document = {
  readonly path: string;
  /** The Content-Type, with its charset. */
  readonly type: string;
  readonly pack: PackName;
  /** Equal stamps (and template versions) render the same bytes: a hash of the document's view. */
  readonly stamp: string;
  /** Pure. Text is UTF-8; bytes are taken as they are and not compressed. */
  readonly render: () => string | Uint8Array;
  /** Who it is for; left out where the type says it: HTML is for people, all else for programs. */
  readonly audience?: Audience;
  /**
   * Of a page that rests in a pack without its shell and is joined with the release's when it is read, so that what
   * only the shell shows (breaking news) leaves the pack alone: then `stamp` is the part's. `render` gives it whole.
   */
  readonly joined?: { readonly language: string; readonly part: () => Part };
};

/** Who a document is for. */
export const audienceOf = ({ audience, type }: Pick<Document, 'audience' | 'type'>): Audience =>
  audience ?? (type.startsWith('text/html') ? 'page' : 'data');

/**
 * What an item has beside its page, rendered: named, such as `xml`, and of a language, or of none where it is the same in
 * all. A text is UTF-8; bytes are taken as they are.
 */
export type RenderedRepresentation = {
  readonly name: string;
  readonly language: string;
  readonly type: string;
  readonly audience: Audience;
  readonly content: string | Uint8Array;
};

/** The paths of representations by collection and name. */
export type RepresentationPaths = { readonly [C in Paged]?: { readonly [name: string]: string } };

/** A document from its view, a plain JSON value: `render` sees nothing else, so that the hash of the view says all. */
export function define<View>(
  at: { readonly path: string; readonly type: string; readonly pack: PackName },
  view: View,
  render: (view: View) => string | Uint8Array,
): Document {
  return { ...at, stamp: stampOf(view), render: () => render(view) };
}

/** A stamp of any JSON value. */
export const stampOf = (view: unknown): string =>
  createHash('sha256').update(JSON.stringify(view)).digest('base64url');

/** The media type of every JSON document (RFC 8259 has no charset: it is UTF-8). */
export const JSON_TYPE = 'application/json';

/** A JSON document's text: compact, with a newline at its end. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value)}\n`;

/** A function from the bulletin at a moment to documents. */
export type Documents = (bulletin: Bulletin, moment: Moment) => readonly Document[];
