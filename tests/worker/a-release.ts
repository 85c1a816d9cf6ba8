import { createHash } from 'node:crypto';
import { brotliCompressSync } from 'node:zlib';
import type { Instant } from '../../worker/model/instant.ts';
import {
  type Current,
  encodePack,
  type PackedDocument,
  type ReleaseIndex,
} from '../../worker/pack/format.ts';

/** A document as a test writes it: its text, or more. */
export type TestDocument =
  | string
  | {
      readonly text: string;
      readonly type?: string;
      readonly encoding?: 'br' | 'identity';
      readonly status?: 404;
      /** Of a part: the language of the shell it is joined with. */
      readonly shell?: string;
    };

/** Parts of items by id, then language; a text is bytes that are no part. */
type TestItems = Readonly<Record<string, Readonly<Record<string, readonly string[] | string>>>>;

type Wish = {
  readonly n?: number;
  readonly open?: boolean;
  readonly boundary?: Instant;
  readonly documents?: Readonly<Record<string, TestDocument>>;
  /** In a pack of their own. */
  readonly cold?: Readonly<Record<string, TestDocument>>;
  /** Parts of items; `status` 410 for the ids in `withdrawn`. */
  readonly news?: TestItems;
  readonly decisions?: TestItems;
  readonly rumours?: TestItems;
  readonly withdrawn?: readonly string[];
  readonly shells?: Readonly<Record<string, readonly string[]>>;
  /** The version of the templates that made the items' parts, and shells of versions before the release's own. */
  readonly template?: string;
  readonly older?: Readonly<
    Record<string, { readonly policy: string; readonly shells: Readonly<Record<string, readonly string[]>> }>
  >;
  readonly revokedKeys?: readonly string[];
  /** The page of what can't be read just now, around its one slot. */
  readonly unavailable?: {
    readonly policy: string;
    readonly pages: Readonly<Record<string, readonly [string, string]>>;
  };
};

/** A release and the packs it points at: KV keys and values. */
export type TestRelease = {
  readonly n: number;
  readonly key: string;
  readonly values: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
};

let lastN = 0;

const HOME = { '/ar/': '<h1>نشرة</h1>', '/en/': '<h1>Bulletin</h1>' };

/** A release in Arabic and English with home pages. Each is newer than those before it, unless `n` says otherwise. */
export function aRelease(wish: Wish = {}): TestRelease {
  const n = wish.n ?? lastN + 1;
  lastN = Math.max(lastN, n);
  const values = new Map<string, Uint8Array<ArrayBuffer>>();
  const chunks: Uint8Array[] = [];
  const lay = laying(chunks);
  const layShell = (shell: readonly string[]) =>
    lay({ text: JSON.stringify(shell), type: 'application/json' });
  const cold: Uint8Array[] = [];
  const coldDocuments = map(wish.cold ?? {}, laying(cold));
  const coldKey = put(values, encodePack({ kind: 'cold' }, cold));
  const index: ReleaseIndex = {
    kind: 'release',
    n,
    publishedAt: '2026-11-24T10:00:00Z' as Instant,
    open: wish.open ?? true,
    boundary: wish.boundary ?? ('2099-01-01T00:00:00Z' as Instant),
    languages: ['ar', 'en'],
    defaultLanguage: 'ar',
    policy: "default-src 'self'",
    revokedKeys: wish.revokedKeys ?? [],
    documents: map(wish.documents ?? HOME, lay),
    cold: wish.cold ? [{ key: coldKey, documents: coldDocuments }] : [],
    items: Object.fromEntries(
      (['news', 'decisions', 'rumours'] as const).flatMap((collection) => {
        const items = wish[collection];
        return items ? [[collection, itemPack(values, items, wish)]] : [];
      }),
    ),
    shells: map(wish.shells ?? {}, layShell),
    ...(wish.older
      ? { older: map(wish.older, ({ policy, shells }) => ({ policy, shells: map(shells, layShell) })) }
      : {}),
    notFound: map({ ar: '<a href="/ar/">لا توجد</a>', en: '<a href="/en/">Not here</a>' }, (text) =>
      lay({ text, status: 404 }),
    ),
    ...(wish.unavailable
      ? { unavailable: { ...wish.unavailable, pages: map(wish.unavailable.pages, layShell) } }
      : {}),
  };
  const bytes = encodePack(index, chunks);
  const key = `release/${n}-${sha256(bytes).slice(0, 8)}`;
  values.set(key, bytes);
  return { n, key, values };
}

/** Puts a release into KV in the order of the publishing loop: packs, release, `current`. */
export async function publish(kv: KVNamespace, release: TestRelease, previous: string | null = null) {
  for (const [key, value] of release.values) await kv.put(key, value);
  const current: Current = { n: release.n, key: release.key, previous };
  await kv.put('current', JSON.stringify(current));
}

/** The ETag of a content. */
export const etagOf = (content: Uint8Array | string): string => `"${sha256(content).slice(0, 27)}"`;

const sha256 = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex');

function put(values: Map<string, Uint8Array<ArrayBuffer>>, bytes: Uint8Array<ArrayBuffer>): string {
  const key = `pack/${sha256(bytes).slice(0, 16)}`;
  values.set(key, bytes);
  return key;
}

/** Lays documents end to end, and says where each came to lie. */
const laying = (chunks: Uint8Array[]) => {
  let at = 0;
  return (document: TestDocument): PackedDocument => {
    const wish = typeof document === 'string' ? { text: document } : document;
    const content = new TextEncoder().encode(wish.text);
    const encoding = wish.encoding ?? 'br';
    const bytes = encoding === 'br' ? brotliCompressSync(content) : content;
    chunks.push(bytes);
    at += bytes.length;
    return {
      type: wish.type ?? 'text/html; charset=utf-8',
      etag: etagOf(content),
      status: wish.status ?? 200,
      encoding,
      sizeBytes: content.length,
      at: at - bytes.length,
      length: bytes.length,
      ...(wish.shell === undefined ? {} : { shell: wish.shell }),
    };
  };
};

function itemPack(
  values: Map<string, Uint8Array<ArrayBuffer>>,
  parts: TestItems,
  { withdrawn = [], template = 'now' }: Wish,
) {
  const ids = Object.keys(parts).map(Number);
  const chunks: Uint8Array[] = [];
  let at = 0;
  const items = Object.fromEntries(
    Object.entries(parts).map(([id, byLanguage]) => {
      const parts = map(byLanguage, (part) => {
        const bytes = new TextEncoder().encode(typeof part === 'string' ? part : JSON.stringify(part));
        chunks.push(bytes);
        at += bytes.length;
        return { etag: etagOf(bytes), at: at - bytes.length, length: bytes.length };
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
