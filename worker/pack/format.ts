import type { Collection } from '../model/collections/registry.ts';
import type { Instant } from '../model/instant.ts';

/**
 * The number of the format of packs and of `current`. It counts up where a reader of the format before would misread them;
 * a field that such a reader may pass over changes nothing. What has no number is of format 1, as commit bdb304b wrote it.
 */
export const FORMAT = 1;

/** Something in KV is of a format that this code does not know: newer code wrote it. */
export class NewerFormat extends Error {}

/**
 * Who a document is for, which decides its headers. `page`: people; nothing may frame it. `data`: programs, from any
 * origin. `embed`: pages of others, which may frame it.
 */
export type Audience = 'page' | 'data' | 'embed';

/**
 * Where a document's bytes lie in its pack, and what HTTP needs to answer for it without reading them.
 * `etag` is a strong validator of the content before any encoding, with its quotes.
 */
export type PackedDocument = {
  readonly type: string;
  readonly etag: string;
  readonly status: 200 | 404 | 410;
  /** `br`: the bytes are Brotli of the content (RFC 7932); `identity`: they are the content. */
  readonly encoding: 'br' | 'identity';
  /** Bytes of the content, not encoded. */
  readonly sizeBytes: number;
  /** Offset and length of the bytes in the pack's part behind the index. */
  readonly at: number;
  readonly length: number;
  /**
   * Set where the content is a `Part` as JSON, and the page is the release's shell of this language joined with it:
   * then `etag` and `sizeBytes` are the part's.
   */
  readonly shell?: string;
  /** Left out by bdb304b, whose pages were all HTML: there the type says it. */
  readonly audience?: Audience;
  /** `publishedAt` of the release in which the content last changed; left out where that is not known. */
  readonly modified?: Instant;
};

/**
 * Shells of templates that came before, of whose parts some are left: those are joined with these, never with shells of
 * other templates, and the page has the policy that goes with them.
 */
export type OlderShells = {
  readonly policy: string;
  readonly shells: Readonly<Record<string, PackedDocument>>;
};

/** A page less what is its own: text to put before, between and after its slots. The same for all of a language. */
export type Shell = readonly string[];
/** What a page has in the slots of its shell, in the shell's order. */
export type Part = readonly string[];

/** Documents that a release points at in a pack of their own, because an ordinary publish does not change them. */
export type ColdPack = { readonly key: string; readonly documents: Readonly<Record<string, PackedDocument>> };

/**
 * Where the items of a collection are: the packs' first ids, ascending, and the highest id there is.
 * `since` is `publishedAt` of the release that first named a pack.
 */
export type ItemPacks = {
  readonly highest: number;
  readonly packs: readonly { readonly first: number; readonly key: string; readonly since?: Instant }[];
  /**
   * Paths of what an item has beside its page, by name, such as `/{language}/news/{id}.xml`. One without `{language}` is
   * the same in all.
   */
  readonly representations?: Readonly<Record<string, string>>;
};

/** The index of a release: all that an isolate must know to answer the public. */
export type ReleaseIndex = {
  readonly kind: 'release';
  readonly format?: number;
  readonly n: number;
  readonly publishedAt: Instant;
  /** Public paths answer 503 until the site is open. */
  readonly open: boolean;
  /** When something in this release will be out of date by itself: no `max-age` reaches past it. */
  readonly boundary: Instant;
  readonly languages: readonly string[];
  readonly defaultLanguage: string;
  /** The Content-Security-Policy of this release's pages: it holds the hash of the style sheet in them. */
  readonly policy: string;
  /** Ids of staff keys that are signed right but hold no longer. Never served. */
  readonly revokedKeys: readonly string[];
  /** By path. */
  readonly documents: Readonly<Record<string, PackedDocument>>;
  readonly cold: readonly ColdPack[];
  /** For collections whose items have pages. */
  readonly items: { readonly [C in Collection]?: ItemPacks };
  /** The shell of pages that are joined on a read, by language: JSON of a `Shell` at these bytes. */
  readonly shells: Readonly<Record<string, PackedDocument>>;
  /** By template version; left out where all parts are of the templates that made this release. */
  readonly older?: Readonly<Record<string, OlderShells>>;
  /** The page of a path that is not there, by language. */
  readonly notFound: Readonly<Record<string, PackedDocument>>;
  /**
   * The page that says something can't be read just now, and the policy it is sent with: JSON of a `Shell` by language, whose
   * one slot is the seconds until it asks again. Left out before November 2026.
   */
  readonly unavailable?: {
    readonly policy: string;
    readonly pages: Readonly<Record<string, PackedDocument>>;
  };
};

/** Bytes in a pack of items. `etag` is that of the content. */
type Placed = { readonly etag: string; readonly at: number; readonly length: number };

/** What an item has beside its page, in a language: XML, a picture, JSON of its own. The bytes are the content. */
export type PackedRepresentation = Placed & { readonly type: string; readonly audience: Audience };

/** What a pack holds of an item. */
export type PackedItem = {
  readonly status: 200 | 410;
  /** The version of the templates that made the parts. */
  readonly template: string;
  /** `publishedAt` of the release in which it last changed; left out where that is the pack's own `since`. */
  readonly modified?: Instant;
  /** By language, a `Part` as JSON. */
  readonly parts: Readonly<Record<string, Placed>>;
  /** By name, then language; what is the same in all languages is under an empty text. */
  readonly representations?: Readonly<Record<string, Readonly<Record<string, PackedRepresentation>>>>;
};

/** The index of a pack of items, by id. */
export type ItemsIndex = {
  readonly kind: 'items';
  readonly format?: number;
  readonly items: Readonly<Record<string, PackedItem>>;
};

/** The index of any other pack: the release that points at it says where its documents lie. */
export type ColdIndex = { readonly kind: 'cold'; readonly format?: number };

export type PackIndex = ReleaseIndex | ItemsIndex | ColdIndex;

/** The KV value that names a site's release, under the key `current`. */
export type Current = {
  readonly format?: number;
  readonly n: number;
  readonly key: string;
  readonly previous: string | null;
};

/** The one key that moves. */
export const CURRENT_KEY = 'current';

const LENGTH_BYTES = 4;

/** A pack as KV holds it: `[u32 length of the index, big-endian][index as JSON][bytes]`. */
export function encodePack(content: PackIndex, chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const index: PackIndex = { ...content, format: FORMAT };
  const head = new TextEncoder().encode(JSON.stringify(index));
  const size = LENGTH_BYTES + head.length + chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const pack = new Uint8Array(size);
  new DataView(pack.buffer).setUint32(0, head.length);
  pack.set(head, LENGTH_BYTES);
  let at = LENGTH_BYTES + head.length;
  for (const chunk of chunks) {
    pack.set(chunk, at);
    at += chunk.length;
  }
  return pack;
}

/**
 * A pack's index and the bytes behind it, as views of the one buffer.
 * @throws NewerFormat where newer code wrote it, Error where it is no pack of the kind, which is never our doing
 */
export function decodePack<I extends PackIndex>(
  buffer: ArrayBuffer,
  kind: I['kind'],
): { readonly index: I; readonly bytes: Uint8Array<ArrayBuffer> } {
  const length = buffer.byteLength < LENGTH_BYTES ? -1 : new DataView(buffer).getUint32(0);
  if (length < 0 || LENGTH_BYTES + length > buffer.byteLength) throw new Error('not a pack: cut short');
  const index = JSON.parse(
    new TextDecoder().decode(new Uint8Array(buffer, LENGTH_BYTES, length)),
  ) as PackIndex;
  if (index.kind !== kind) throw new Error(`a pack of kind ${index.kind} where ${kind} was expected`);
  checkFormat(index);
  return { index: index as I, bytes: new Uint8Array(buffer, LENGTH_BYTES + length) };
}

/**
 * The value of `current` as JSON gave it.
 * @throws NewerFormat where newer code wrote it
 */
export function checkedCurrent(current: Current): Current {
  checkFormat(current);
  return current;
}

function checkFormat({ format = 1 }: { readonly format?: number }): void {
  if (format > FORMAT) throw new NewerFormat(`of format ${format}, and this code knows ${FORMAT}`);
}

/** A whole page: the shell's texts with the part's between them. The shell has one text more than the part. */
export const joinPage = (shell: Shell, part: Part): string =>
  shell.map((text, i) => text + (part[i] ?? '')).join('');
