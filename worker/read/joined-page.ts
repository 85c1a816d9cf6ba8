import type { Instant } from '../model/instant.ts';
import { joinPage, type Part } from '../pack/format.ts';
import { compressed } from './compressed.ts';
import type { LoadedRelease, LoadedShell } from './loaded-release.ts';
import { ReadyDocument, type Sent } from './ready-document.ts';

/** A part as an index has it, and how it is read once the page is really sent. */
export type PlacedPart = {
  readonly language: string;
  readonly etag: string;
  readonly status: 200 | 410;
  /** The version of the templates that made it, where that need not be the release's own. */
  readonly template?: string;
  /** When it last changed; undefined where that is not known. */
  readonly modified: Instant | undefined;
  readonly read: () => Part;
};

/**
 * What is sent of a joined page before it is joined, as the indexes alone have it: how long it is, is not known yet.
 * Null without a shell in its language.
 */
export function joinedHead(release: LoadedRelease, part: Omit<PlacedPart, 'read'>): ReadyDocument | null {
  const shell = release.shellHead(part.language, part.template);
  return shell && new ReadyDocument(sentOf(shell, part), shell.head, null);
}

/** The shell that a part belongs to with it in it, compressed; null without that shell. */
export function joinedPage(release: LoadedRelease, part: PlacedPart): ReadyDocument | null {
  const shell = release.shell(part.language, part.template);
  if (!shell) return null;
  const sent = sentOf(shell, part);
  const page = compressed(sent.etag, () => new TextEncoder().encode(joinPage(shell.shell, part.read())));
  const sizes = { sizeBytes: page.sizeBytes, length: page.bytes.length };
  return new ReadyDocument({ ...sent, ...sizes }, shell.head, page.bytes);
}

/** What is sent of a page that is joined: it changes with the shell and with the part. */
const sentOf = (shell: Pick<LoadedShell, 'etag' | 'modified'>, part: Omit<PlacedPart, 'read'>): Sent => ({
  type: 'text/html; charset=utf-8',
  etag: `"${opaque(shell.etag)}.${opaque(part.etag)}"`,
  status: part.status,
  encoding: 'br',
  sizeBytes: null,
  length: null,
  ...laterOf(shell.modified, part.modified),
});

/** The later of two instants, where both are known. */
const laterOf = (a: Instant | undefined, b: Instant | undefined): { readonly modified?: Instant } =>
  a === undefined || b === undefined ? {} : { modified: a > b ? a : b };

/** A part from its JSON. */
export const parsePart = (json: Uint8Array): Part => JSON.parse(new TextDecoder().decode(json)) as Part;

/** What stands between an ETag's quotes. */
const opaque = (etag: string): string => etag.slice(1, -1);
