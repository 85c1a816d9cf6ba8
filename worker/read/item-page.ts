import { brotliCompressSync, constants } from 'node:zlib';
import type { Env } from '../env.ts';
import { isCollection } from '../model/collection.ts';
import { parseItemId } from '../model/content.ts';
import { type ItemsIndex, joinPage, type PackedDocument, type Part } from '../model/pack.ts';
import { BoundedCache } from './bounded-cache.ts';
import type { LoadedRelease } from './loaded-release.ts';
import { type Pack, packs } from './packs.ts';
import { ReadyDocument } from './ready-document.ts';

/** Where an item's page is to be found, as far as the release knows without a read. */
export type ItemAddress = { readonly language: string; readonly id: string; readonly key: string };

// Joined on a read, so it must be quick: half a millisecond a page, and 5 % larger than at 9.
const QUALITY = 5;

/** Pages compressed before, by ETag: a new release that changed neither shell nor part finds them here. */
const compressed = new BoundedCache<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly sizeBytes: number }>(
  16 * 1024 * 1024,
);

/**
 * The item a path is the permalink of, or null where the release knows there is none: `/{lang}/{collection}/{id}`,
 * with an id not above the highest.
 */
export function itemAddress(release: LoadedRelease, path: string): ItemAddress | null {
  const [empty, language = '', collection = '', id = '', ...more] = path.split('/', 5);
  if (empty !== '' || more.length > 0 || !isCollection(collection) || !parseItemId(id)) return null;
  const { index } = release;
  const items = index.items[collection];
  if (!index.open || !items || !index.languages.includes(language) || Number(id) > items.highest) return null;
  const pack = items.packs.findLast(({ first }) => first <= Number(id));
  return pack ? { language, id, key: pack.key } : null;
}

/** An item's page; `missing` if the pack has no such item, `unreadable` if KV does not give the pack. */
export async function itemPage(
  release: LoadedRelease,
  { language, id, key }: ItemAddress,
  env: Env,
  ctx: ExecutionContext,
  nowMs: number,
): Promise<ReadyDocument | 'missing' | 'unreadable'> {
  const pack = await packs.read<ItemsIndex>(env, ctx, { key, kind: 'items' }, nowMs);
  return pack ? joinedPage(release, pack, language, id) : 'unreadable';
}

/** The release's shell and the item's part as one page, its ETag made of both of theirs. */
function joinedPage(
  release: LoadedRelease,
  pack: Pack<ItemsIndex>,
  language: string,
  id: string,
): ReadyDocument | 'missing' {
  const item = Object.hasOwn(pack.index.items, id) ? pack.index.items[id] : undefined;
  const part = item?.parts[language];
  const shell = release.shell(language);
  if (!item || !part || !shell) return 'missing';
  const etag = `"${opaque(shell.etag)}.${opaque(part.etag)}"`;
  const page = compressed.get(etag) ?? compress(joinPage(shell.shell, partOf(pack, part)));
  compressed.set(etag, page, page.bytes.length);
  const packed: PackedDocument = {
    type: 'text/html; charset=utf-8',
    etag,
    status: item.status,
    encoding: 'br',
    sizeBytes: page.sizeBytes,
    at: 0,
    length: page.bytes.length,
  };
  return new ReadyDocument(packed, release.head, page.bytes);
}

function partOf(
  pack: Pack<ItemsIndex>,
  { at, length }: { readonly at: number; readonly length: number },
): Part {
  return JSON.parse(new TextDecoder().decode(pack.bytes.subarray(at, at + length))) as Part;
}

function compress(page: string) {
  const content = new TextEncoder().encode(page);
  const bytes = brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: QUALITY,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
  return { bytes: new Uint8Array(bytes), sizeBytes: content.length };
}

/** What stands between an ETag's quotes. */
const opaque = (etag: string): string => etag.slice(1, -1);
