import { digestListPath } from '../../model/path.ts';
import type { PackedDocument } from '../../pack/format.ts';
import { JSON_TYPE, jsonText } from '../../render/document.ts';
import type { ReleaseDocument } from './document-store.ts';
import { digestOf, type Rendered, toRendered } from './rendered.ts';

/**
 * Digests by path: the SHA-256, in base64url, of a content as it is served, before any encoding. Of a page that is
 * joined when it is read: the digest of its part, as JSON, and the name of the shell that the part is joined with.
 */
export type Digests = Readonly<Record<string, string | readonly [digest: string, shell: string]>>;

/**
 * The list of digests in a pack, as the next publish needs it: its path, its own digest, and its place in a cold pack.
 */
export type PackedList = {
  readonly path: string;
  readonly digest: string;
  readonly document?: PackedDocument;
};

/** A digest; with the name of the shell if it is a part's. */
export type PathDigest = { readonly path: string; readonly digest: string; readonly shell?: string };

/** Gathers digests for a list. */
export const toDigests = (all: Iterable<PathDigest>): Digests =>
  Object.fromEntries(
    Array.from(all, ({ path, digest, shell }) => [path, shell === undefined ? digest : [digest, shell]]),
  );

/** The digests of documents with a path of their own. */
export const pathDigests = (documents: readonly ReleaseDocument[]): readonly PathDigest[] =>
  documents.flatMap(({ path, rendered: { digest }, shell }) =>
    digest !== null && path.startsWith('/')
      ? [{ path, digest, ...(shell === undefined ? {} : { shell }) }]
      : [],
  );

/** The list of a cold pack, as one more document of the pack. */
export function listDocument(documents: readonly ReleaseDocument[]): ReleaseDocument {
  const rendered: Rendered = toRendered(jsonText(toDigests(pathDigests(documents))), {
    stamp: '',
    type: JSON_TYPE,
    pack: 'series',
  });
  return { path: digestListPath(documents[0]?.path ?? ''), pack: 'archive', audience: 'data', rendered };
}

/** The list of an item pack: its path, its content, and its digest. */
export function itemList(
  collection: string,
  first: number,
  digests: Iterable<PathDigest>,
): PackedList & { readonly content: string } {
  const content = jsonText(toDigests(digests));
  return { path: digestListPath(`${collection}/${first}`), digest: digestOf(content), content };
}
