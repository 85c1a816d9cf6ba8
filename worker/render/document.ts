import { createHash } from 'node:crypto';
import type { Bulletin, Moment } from '../model/bulletin.ts';
import type { Paged } from '../model/collections/registry.ts';
import type { Audience, Part } from '../pack/format.ts';

/**
 * The pack that holds a document. `release`: documents that any publish may change. `series`: whole-series files, which
 * only figures change. `archive`: lists of older items, which an ordinary publish does not change.
 */
export type PackName = 'release' | 'series' | 'archive';

/** One thing with a public URL. It is rendered when its stamp changes, never on a read. */
export type Document = {
  readonly path: string;
  /** The Content-Type, with its charset. */
  readonly type: string;
  readonly pack: PackName;
  /** A hash of the document's view: with the same stamp and template version, `render` gives the same bytes. */
  readonly stamp: string;
  /**
   * Set for a document of which a site has many. A stamp of the settings that the document shows, which `stamp` then
   * leaves out: after a change of settings alone, the older version stays until there is time to render it again.
   */
  readonly settings?: string;
  /** Pure. A text becomes UTF-8; bytes are stored as they are and not compressed. */
  readonly render: () => string | Uint8Array;
  /** The audience; if left out, HTML is for people and everything else for programs. */
  readonly audience?: Audience;
  /**
   * Set for a page whose part is stored without the shell and joined with the release's shell on a read, so that
   * breaking news, which only the shell shows, does not change the pack. Then `stamp` is the part's; `render` gives the
   * whole page.
   */
  readonly joined?: { readonly language: string; readonly part: () => Part };
};

/** The audience of a document. */
export const audienceOf = ({ audience, type }: Pick<Document, 'audience' | 'type'>): Audience =>
  audience ?? (type.startsWith('text/html') ? 'page' : 'data');

/** A rendered representation of an item: a form of it beside its page. */
export type RenderedRepresentation = {
  /** Such as `xml`. */
  readonly name: string;
  /** Empty if the representation is the same in all languages. */
  readonly language: string;
  /** The Content-Type, with its charset. */
  readonly type: string;
  readonly audience: Audience;
  /** A text becomes UTF-8; bytes are stored as they are. */
  readonly content: string | Uint8Array;
};

/** The paths of representations, by collection and name. */
export type RepresentationPaths = { readonly [C in Paged]?: { readonly [name: string]: string } };

/**
 * Defines a document by its view, a plain JSON value. `render` gets only the view, so the hash of the view covers all
 * that the document depends on. `audience` may be left out, as in `Document`.
 */
export function define<View>(
  address: Pick<Document, 'path' | 'type' | 'pack' | 'audience'>,
  view: View,
  render: (view: View) => string | Uint8Array,
): Document {
  return { ...address, stamp: stampOf(view), render: () => render(view) };
}

/** The stamp of a JSON value: its SHA-256, in base64url. */
export const stampOf = (view: unknown): string =>
  createHash('sha256').update(JSON.stringify(view)).digest('base64url');

/** The media type of every JSON document (RFC 8259 has no charset: it is UTF-8). */
export const JSON_TYPE = 'application/json';

/** The text of a JSON document: compact, with a newline at its end. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value)}\n`;

/** A function from the bulletin at a moment to documents. Pure. */
export type Documents = (bulletin: Bulletin, moment: Moment) => readonly Document[];
