import type { Instant } from '../model/instant.ts';
import { joinPage, type Part } from '../pack/format.ts';
import { compressed } from './compressed.ts';
import type { LoadedRelease, LoadedShell } from './loaded-release.ts';
import { type DocumentMetadata, ReadyDocument } from './ready-document.ts';

/** A part as its pack's index describes it. */
export type PlacedPart = {
  readonly language: string;
  readonly etag: string;
  readonly status: 200 | 410;
  /** The version of the templates that rendered the part; left out if they are the release's. */
  readonly template?: string;
  /** When the part last changed; undefined if not known. */
  readonly modified: Instant | undefined;
  /** Gives the part. Called only when the page is really sent. */
  readonly read: () => Part;
};

/**
 * A joined page's metadata from the indexes alone, before the page is joined: its sizes are null. Null if the release
 * has no shell in the part's language.
 */
export function joinedHead(release: LoadedRelease, part: Omit<PlacedPart, 'read'>): ReadyDocument | null {
  const shell = release.shellHead(part.language, part.template);
  return shell && new ReadyDocument(metadataOf(shell, part), shell.head, null);
}

/** A part joined with its shell, compressed; `isFirst` as in `Compressed`. Null if the release lacks the shell. */
export function joinedPage(
  release: LoadedRelease,
  part: PlacedPart,
): { readonly page: ReadyDocument; readonly isFirst: boolean } | null {
  const shell = release.shell(part.language, part.template);
  if (!shell) return null;
  const metadata = metadataOf(shell, part);
  const { bytes, sizeBytes, isFirst } = compressed(metadata.etag, () =>
    new TextEncoder().encode(joinPage(shell.shell, part.read())),
  );
  const sizes = { sizeBytes, length: bytes.length };
  return { page: new ReadyDocument({ ...metadata, ...sizes }, shell.head, bytes), isFirst };
}

/** A joined page changes when its shell or its part changes, so its ETag holds both ETags. */
const metadataOf = (
  shell: Pick<LoadedShell, 'etag' | 'modified'>,
  part: Omit<PlacedPart, 'read'>,
): DocumentMetadata => ({
  type: 'text/html; charset=utf-8',
  etag: `"${withoutQuotes(shell.etag)}.${withoutQuotes(part.etag)}"`,
  status: part.status,
  encoding: 'br',
  sizeBytes: null,
  length: null,
  ...laterOf(shell.modified, part.modified),
});

/** The later of two instants; empty unless both are known. */
const laterOf = (a: Instant | undefined, b: Instant | undefined): { readonly modified?: Instant } =>
  a === undefined || b === undefined ? {} : { modified: a > b ? a : b };

/** Parses a part from its JSON. */
export const parsePart = (json: Uint8Array): Part => JSON.parse(new TextDecoder().decode(json)) as Part;

const withoutQuotes = (etag: string): string => etag.slice(1, -1);
