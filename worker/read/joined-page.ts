import { joinPage, type Part } from '../pack/format.ts';
import { BoundedCache } from '../platform/bounded-cache.ts';
import { brotliText } from '../platform/brotli.ts';
import type { LoadedRelease } from './loaded-release.ts';
import { ReadyDocument, type Sent } from './ready-document.ts';

// Joined on a read, so it must be quick: half a millisecond a page, and 5 % larger than at 9.
const QUALITY = 5;

type Compressed = { readonly bytes: Uint8Array<ArrayBuffer>; readonly sizeBytes: number };

/** Pages compressed before, by ETag: a new release that changed neither shell nor part finds them here. */
const compressed = new BoundedCache<Compressed>(16 * 1024 * 1024);

/** A part as an index has it, and how it is read once the page is really sent. */
export type PlacedPart = {
  readonly language: string;
  readonly etag: string;
  readonly status: 200 | 410;
  /** The version of the templates that made it, where that need not be the release's own. */
  readonly template?: string;
  readonly read: () => Part;
};

/**
 * What is sent of a joined page before it is joined, as the indexes alone have it: how long it is, is not known yet.
 * Null without a shell in its language.
 */
export function joinedHead(
  release: LoadedRelease,
  { language, etag, status, template }: Omit<PlacedPart, 'read'>,
): ReadyDocument | null {
  const shell = release.shellHead(language, template);
  return shell && new ReadyDocument(sentOf(joinedEtag(shell.etag, etag), status), shell.head, null);
}

/** The shell that a part belongs to with it in it, compressed; null without that shell. */
export function joinedPage(release: LoadedRelease, part: PlacedPart): ReadyDocument | null {
  const shell = release.shell(part.language, part.template);
  if (!shell) return null;
  const etag = joinedEtag(shell.etag, part.etag);
  const page = compressed.get(etag) ?? compress(joinPage(shell.shell, part.read()));
  compressed.set(etag, page, page.bytes.length);
  const sizes = { sizeBytes: page.sizeBytes, length: page.bytes.length };
  return new ReadyDocument({ ...sentOf(etag, part.status), ...sizes }, shell.head, page.bytes);
}

/** The ETag of a page that is joined: it changes with the shell's and with the part's. */
const joinedEtag = (shell: string, part: string): string => `"${opaque(shell)}.${opaque(part)}"`;

const sentOf = (etag: string, status: 200 | 410): Sent => ({
  type: 'text/html; charset=utf-8',
  etag,
  status,
  encoding: 'br',
  sizeBytes: null,
  length: null,
});

/** A part from its JSON. */
export const parsePart = (json: Uint8Array): Part => JSON.parse(new TextDecoder().decode(json)) as Part;

function compress(page: string): Compressed {
  const content = new TextEncoder().encode(page);
  return { bytes: brotliText(content, QUALITY), sizeBytes: content.length };
}

/** What stands between an ETag's quotes. */
const opaque = (etag: string): string => etag.slice(1, -1);
