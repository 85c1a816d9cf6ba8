import { brotliDecompressSync } from 'node:zlib';
import type { Collection } from '../model/collections/registry.ts';
import type { Instant } from '../model/instant.ts';
import { brotliText } from '../platform/brotli.ts';

/**
 * The number of the format of packs and of `current`. It goes up if code of the previous format would misread them, not
 * for a new field that such code can ignore. A value without a number has format 1: commit bdb304b wrote such values.
 * The highest that this code reads. In format 2 the index is compressed, because it is large.
 */
export const FORMAT = 2;
/** The format of `current`, and of packs whose index is not compressed. */
export const PLAIN_FORMAT = 1;

/** Thrown for a value in KV whose format is newer than this code's. */
export class NewerFormat extends Error {}

/**
 * The audience of a document, which decides its headers. `page`: people; no other page may frame it. `data`: programs,
 * from any origin. `embed`: pages of other sites, which may frame it.
 */
export type Audience = 'page' | 'data' | 'embed';

/**
 * The place of a document's bytes in its pack, and the facts for headers and for a 304, which needs no bytes.
 * `etag` is a strong validator of the content before any encoding, with its quotes.
 */
export type PackedDocument = {
  readonly type: string;
  readonly etag: string;
  readonly status: 200 | 404 | 410;
  /** `br`: the bytes are the content in Brotli (RFC 7932). `identity`: they are the content itself. */
  readonly encoding: 'br' | 'identity';
  /** Size of the content before encoding. */
  readonly sizeBytes: number;
  /** Offset of the bytes, counted from the end of the pack's index, and their length. */
  readonly at: number;
  readonly length: number;
  /**
   * Set if the content is a `Part` as JSON: the page is this part joined with the release's shell of this language.
   * `etag` and `sizeBytes` are then those of the part.
   */
  readonly shell?: string;
  /** Left out by commit bdb304b: its HTML documents are all `page`, and all others are `data`. */
  readonly audience?: Audience;
  /** `publishedAt` of the release in which the content last changed; left out if not known. */
  readonly modified?: Instant;
};

/**
 * The shells of an older version of the templates. Parts of that version are joined only with these shells, and the
 * page is sent with this Content-Security-Policy. They stay in the release while it has parts of that version.
 */
export type OlderShells = {
  readonly policy: string;
  readonly shells: Readonly<Record<string, PackedDocument>>;
};

/** The texts before, between and after the slots of a page. All joined pages of a language share them. */
export type Shell = readonly string[];
/** The texts in the slots of a page's shell, in the shell's order. */
export type Part = readonly string[];

/** A pack of documents that an ordinary publish does not change, so they are not in the release itself. */
export type ColdPack = { readonly key: string; readonly documents: Readonly<Record<string, PackedDocument>> };

/**
 * The item packs of a collection, in ascending order of `first`, the lowest id in a pack. `highest` is the highest id
 * of the collection. `since` is `publishedAt` of the first release that named the pack.
 */
export type ItemPacks = {
  readonly highest: number;
  readonly packs: readonly { readonly first: number; readonly key: string; readonly since?: Instant }[];
  /**
   * The paths of an item's other representations, by name, such as `/{language}/news/{id}.xml`. A path without
   * `{language}` is the same in all languages.
   */
  readonly representations?: Readonly<Record<string, string>>;
};

/** The index of a release: everything that an isolate needs to answer the public. */
export type ReleaseIndex = {
  readonly kind: 'release';
  readonly format?: number;
  readonly n: number;
  readonly publishedAt: Instant;
  /** Public paths answer 503 until the site is open. */
  readonly open: boolean;
  /** The first instant at which a document of this release changes by itself: no `max-age` reaches past it. */
  readonly boundary: Instant;
  readonly languages: readonly string[];
  readonly defaultLanguage: string;
  /** The Content-Security-Policy of this release's pages, with the hash of their style sheet. */
  readonly policy: string;
  /** Ids of staff keys that were revoked: their signatures are still valid. Never served. */
  readonly revokedKeys: readonly string[];
  /** When other keys expire, by id. Releases before November 2026 have no such keys. Never served. */
  readonly expiringKeys?: Readonly<Record<string, Instant>>;
  /** By path. */
  readonly documents: Readonly<Record<string, PackedDocument>>;
  readonly cold: readonly ColdPack[];
  /** Paths of documents that could never be rendered so far: they answer 503, because others link to them. */
  readonly unrendered?: readonly string[];
  /** Only collections whose items have pages of their own; and the older pages of the public ledger, as JSON. */
  readonly items: { readonly [C in Collection | 'ledger']?: ItemPacks };
  /** The shell of joined pages, by language: the bytes are a `Shell` as JSON. */
  readonly shells: Readonly<Record<string, PackedDocument>>;
  /** The version of the templates of these shells. Left out before November 2026. */
  readonly template?: string;
  /** By template version; left out if all parts have the template version of this release. */
  readonly older?: Readonly<Record<string, OlderShells>>;
  /** The 404 page, by language. */
  readonly notFound: Readonly<Record<string, PackedDocument>>;
  /**
   * The page for a document that cannot be read at the moment, by language, and the Content-Security-Policy of that
   * page. The bytes are a `Shell` as JSON with one slot, for the seconds until the page reloads. Left out before
   * November 2026.
   */
  readonly unavailable?: {
    readonly policy: string;
    readonly pages: Readonly<Record<string, PackedDocument>>;
  };
};

/** Bytes in an item pack: offset, length, and the `etag` of their content. */
type PackedBytes = { readonly etag: string; readonly at: number; readonly length: number };

/** A representation of an item beside its page, in one language: XML, a picture, JSON. The bytes are the content. */
export type PackedRepresentation = PackedBytes & { readonly type: string; readonly audience: Audience };

/** An item in an item pack. */
export type PackedItem = {
  readonly status: 200 | 410;
  /** The version of the templates that rendered the parts. */
  readonly template: string;
  /** `publishedAt` of the release in which the item last changed; left out if that is `since` of the pack. */
  readonly modified?: Instant;
  /** By language: the bytes are a `Part` as JSON. */
  readonly parts: Readonly<Record<string, PackedBytes>>;
  /** By name, then by language. The language is an empty text if all languages share the representation. */
  readonly representations?: Readonly<Record<string, Readonly<Record<string, PackedRepresentation>>>>;
};

/** The index of an item pack. `items` is by id. */
export type ItemsIndex = {
  readonly kind: 'items';
  readonly format?: number;
  readonly items: Readonly<Record<string, PackedItem>>;
};

/** The index of a cold pack. The places of its documents are in the release. */
export type ColdIndex = { readonly kind: 'cold'; readonly format?: number };

export type PackIndex = ReleaseIndex | ItemsIndex | ColdIndex;

/** The value of `current`. `key` is the release's key in KV, `previous` the key of the release before it. */
export type Current = {
  readonly format?: number;
  readonly n: number;
  readonly key: string;
  readonly previous: string | null;
};

/** The KV key of `Current`, the only value in KV that changes. */
export const CURRENT_KEY = 'current';

const LENGTH_BYTES = 4;
/** A longer index is compressed, to a fifth: the release of 10,000 items in 10 languages has one of over 770 kB. */
const LARGE_INDEX_BYTES = 256 * 1024;
const INDEX_QUALITY = 5;
/** Added to the length of an index in Brotli. No pack is so long: a value in KV has at most 25 MiB. */
const COMPRESSED = 0x8000_0000;

/**
 * Encodes a pack for KV: `[u32, big-endian][index as JSON][bytes]`. The number is the length of the index. If its
 * highest bit is set, the index is in Brotli (RFC 7932), and the other bits are the length of that.
 */
export function encodePack(index: PackIndex, chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const plain = indexJson(index, PLAIN_FORMAT);
  const isLarge = plain.length > LARGE_INDEX_BYTES;
  const indexBytes = isLarge ? brotliText(indexJson(index, FORMAT), INDEX_QUALITY) : plain;
  const sizeBytes = LENGTH_BYTES + indexBytes.length + chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const pack = new Uint8Array(sizeBytes);
  new DataView(pack.buffer).setUint32(0, indexBytes.length + (isLarge ? COMPRESSED : 0));
  pack.set(indexBytes, LENGTH_BYTES);
  let offset = LENGTH_BYTES + indexBytes.length;
  for (const chunk of chunks) {
    pack.set(chunk, offset);
    offset += chunk.length;
  }
  return pack;
}

const indexJson = (index: PackIndex, format: number): Uint8Array =>
  new TextEncoder().encode(JSON.stringify({ ...index, format }));

/**
 * Decodes a pack: its index, and the bytes after the index as a view of `buffer`.
 * @throws NewerFormat if newer code wrote the pack, Error if the buffer is not a pack of this kind: we never write that
 */
export function decodePack<I extends PackIndex>(
  buffer: ArrayBuffer,
  kind: I['kind'],
): { readonly index: I; readonly bytes: Uint8Array<ArrayBuffer> } {
  const head = buffer.byteLength < LENGTH_BYTES ? -1 : new DataView(buffer).getUint32(0);
  const isCompressed = head >= COMPRESSED;
  const length = isCompressed ? head - COMPRESSED : head;
  if (length < 0 || LENGTH_BYTES + length > buffer.byteLength) throw new Error('the pack is cut short');
  const stored = new Uint8Array(buffer, LENGTH_BYTES, length);
  const json = isCompressed ? brotliDecompressSync(stored) : stored;
  const index = JSON.parse(new TextDecoder().decode(json)) as PackIndex;
  if (index.kind !== kind) throw new Error(`the pack is of kind ${index.kind}, but ${kind} was expected`);
  checkFormat(index);
  return { index: index as I, bytes: new Uint8Array(buffer, LENGTH_BYTES + length) };
}

/**
 * The same value, after a check of its format.
 * @param current the value of the key `current`, as parsed JSON
 * @throws NewerFormat if newer code wrote it
 */
export function checkedCurrent(current: Current): Current {
  checkFormat(current);
  return current;
}

function checkFormat({ format = 1 }: { readonly format?: number }): void {
  if (format > FORMAT)
    throw new NewerFormat(`the value has format ${format}, but this code reads formats up to ${FORMAT}`);
}

/** Joins a page: the texts of the part between those of the shell, which has one text more. */
export const joinPage = (shell: Shell, part: Part): string =>
  shell.map((text, i) => text + (part[i] ?? '')).join('');
