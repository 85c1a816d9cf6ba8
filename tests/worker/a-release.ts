import { createHash } from 'node:crypto';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Instant } from '../../worker/model/instant.ts';
import {
  type Current,
  encodePack,
  type PackedDocument,
  type ReleaseIndex,
} from '../../worker/pack/format.ts';

/** A document as a test writes it: its text alone, or its text with other properties. */
export type TestDocument =
  | string
  | {
      readonly text: string;
      readonly type?: string;
      readonly encoding?: 'br' | 'identity';
      readonly status?: 404;
      /** The quality of the Brotli, if not the best one, which takes a second a megabyte. */
      readonly quality?: number;
      /** For a part: the language of the shell that joins it. */
      readonly shell?: string;
    };

/** Parts of items by id, then by language; a plain string is bytes that are not a part. */
type TestItems = Readonly<Record<string, Readonly<Record<string, readonly string[] | string>>>>;

type ReleaseSpec = {
  readonly n?: number;
  readonly open?: boolean;
  readonly boundary?: Instant;
  readonly documents?: Readonly<Record<string, TestDocument>>;
  /** Documents in a cold pack. */
  readonly cold?: Readonly<Record<string, TestDocument>>;
  /** Parts of items; the ids in `withdrawn` have `status` 410. */
  readonly news?: TestItems;
  readonly decisions?: TestItems;
  readonly rumours?: TestItems;
  readonly withdrawn?: readonly string[];
  readonly shells?: Readonly<Record<string, readonly string[]>>;
  /** The version of the templates that rendered the items' parts. */
  readonly template?: string;
  /** Shells of older template versions, by version. */
  readonly older?: Readonly<
    Record<string, { readonly policy: string; readonly shells: Readonly<Record<string, readonly string[]>> }>
  >;
  readonly revokedKeys?: readonly string[];
  /** The page for a site that can't be read at the moment, as the two texts around its slot. */
  readonly unavailable?: {
    readonly policy: string;
    readonly pages: Readonly<Record<string, readonly [string, string]>>;
  };
};

/** A release and the packs that it names, as KV keys and values. */
export type TestRelease = {
  readonly n: number;
  readonly key: string;
  readonly values: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
};

const MAX_QUALITY = 11;

let lastN = 0;

const HOME = { '/ar/': '<h1>نشرة</h1>', '/en/': '<h1>Bulletin</h1>' };

/** A release in Arabic and English with home pages. Each call gives a newer release, unless `n` is given. */
export function aRelease(spec: ReleaseSpec = {}): TestRelease {
  const n = spec.n ?? lastN + 1;
  lastN = Math.max(lastN, n);
  const values = new Map<string, Uint8Array<ArrayBuffer>>();
  const chunks: Uint8Array[] = [];
  const append = appendTo(chunks);
  const appendShell = (shell: readonly string[]) =>
    append({ text: JSON.stringify(shell), type: 'application/json' });
  const cold: Uint8Array[] = [];
  const coldDocuments = map(spec.cold ?? {}, appendTo(cold));
  const coldKey = put(values, encodePack({ kind: 'cold' }, cold));
  const index: ReleaseIndex = {
    kind: 'release',
    n,
    publishedAt: '2026-11-24T10:00:00Z' as Instant,
    open: spec.open ?? true,
    boundary: spec.boundary ?? ('2099-01-01T00:00:00Z' as Instant),
    languages: ['ar', 'en'],
    defaultLanguage: 'ar',
    policy: "default-src 'self'",
    revokedKeys: spec.revokedKeys ?? [],
    documents: map(spec.documents ?? HOME, append),
    cold: spec.cold ? [{ key: coldKey, documents: coldDocuments }] : [],
    items: Object.fromEntries(
      (['news', 'decisions', 'rumours'] as const).flatMap((collection) => {
        const items = spec[collection];
        return items ? [[collection, itemPack(values, items, spec)]] : [];
      }),
    ),
    shells: map(spec.shells ?? {}, appendShell),
    ...(spec.older
      ? { older: map(spec.older, ({ policy, shells }) => ({ policy, shells: map(shells, appendShell) })) }
      : {}),
    notFound: map({ ar: '<a href="/ar/">لا توجد</a>', en: '<a href="/en/">Not here</a>' }, (text) =>
      append({ text, status: 404 }),
    ),
    ...(spec.unavailable
      ? { unavailable: { ...spec.unavailable, pages: map(spec.unavailable.pages, appendShell) } }
      : {}),
  };
  const bytes = encodePack(index, chunks);
  const key = `release/${n}-${sha256(bytes).slice(0, 8)}`;
  values.set(key, bytes);
  return { n, key, values };
}

/** Writes a release to KV in the order of the publishing loop: packs, release, `current`. */
export async function publish(kv: KVNamespace, release: TestRelease, previous: string | null = null) {
  for (const [key, value] of release.values) await kv.put(key, value);
  const current: Current = { n: release.n, key: release.key, previous };
  await kv.put('current', JSON.stringify(current));
}

/** The ETag of a document with this content. */
export const etagOf = (content: Uint8Array | string): string => `"${sha256(content).slice(0, 27)}"`;

const sha256 = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex');

function put(values: Map<string, Uint8Array<ArrayBuffer>>, bytes: Uint8Array<ArrayBuffer>): string {
  const key = `pack/${sha256(bytes).slice(0, 16)}`;
  values.set(key, bytes);
  return key;
}

/** A function that appends a document to `chunks` and returns its index entry. */
const appendTo = (chunks: Uint8Array[]) => {
  let offset = 0;
  return (document: TestDocument): PackedDocument => {
    const spec = typeof document === 'string' ? { text: document } : document;
    const content = new TextEncoder().encode(spec.text);
    const encoding = spec.encoding ?? 'br';
    const { quality = MAX_QUALITY } = spec;
    const params = { [constants.BROTLI_PARAM_QUALITY]: quality };
    const bytes = encoding === 'br' ? brotliCompressSync(content, { params }) : content;
    chunks.push(bytes);
    offset += bytes.length;
    return {
      type: spec.type ?? 'text/html; charset=utf-8',
      etag: etagOf(content),
      status: spec.status ?? 200,
      encoding,
      sizeBytes: content.length,
      at: offset - bytes.length,
      length: bytes.length,
      ...(spec.shell === undefined ? {} : { shell: spec.shell }),
    };
  };
};

function itemPack(
  values: Map<string, Uint8Array<ArrayBuffer>>,
  parts: TestItems,
  { withdrawn = [], template = 'now' }: ReleaseSpec,
) {
  const ids = Object.keys(parts).map(Number);
  const chunks: Uint8Array[] = [];
  let offset = 0;
  const items = Object.fromEntries(
    Object.entries(parts).map(([id, byLanguage]) => {
      const parts = map(byLanguage, (part) => {
        const bytes = new TextEncoder().encode(typeof part === 'string' ? part : JSON.stringify(part));
        chunks.push(bytes);
        offset += bytes.length;
        return { etag: etagOf(bytes), at: offset - bytes.length, length: bytes.length };
      });
      const status: 200 | 410 = withdrawn.includes(id) ? 410 : 200;
      return [id, { status, template, parts }];
    }),
  );
  const key = put(values, encodePack({ kind: 'items', items }, chunks));
  return { highest: Math.max(...ids), packs: [{ first: Math.min(...ids), key }] };
}

const map = <A, B>(record: Readonly<Record<string, A>>, change: (a: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
