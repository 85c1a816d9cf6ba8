import { brotliDecompressSync } from 'node:zlib';
import type { PackedDocument } from '../pack/format.ts';
import { BoundedCache } from '../platform/bounded-cache.ts';
import { acceptEncodingOf, prefersBrotli } from './accept-encoding.ts';
import { cacheControl, NO_STORE } from './cache-control.ts';
import { httpDate, isHeld } from './preconditions.ts';
import { audienceOf, EVERYWHERE, headersFor } from './public-headers.ts';

/** What every answer from a release says of that release. */
export type ReleaseHead = { readonly n: number; readonly policy: string; readonly boundaryMs: number };

/** What HTTP says of a document. The sizes, encoded and not, are null while they are not known. */
export type Sent = Pick<PackedDocument, 'type' | 'etag' | 'status' | 'encoding' | 'audience' | 'modified'> & {
  readonly length: number | null;
  readonly sizeBytes: number | null;
};

/** An answer in memory. */
export type Ready = { readonly answer: (request: Request, nowMs: number) => Response };

/** What a document is sent with; `Headers` are built once for all requests, which is most of the work of answering. */
type Inits = {
  readonly encoded: ResponseInit;
  readonly identity: ResponseInit;
  readonly notModified: ResponseInit;
  /** Of HEAD, by whether the content would be in Brotli. */
  readonly heads: Map<boolean, ResponseInit>;
};

/** Contents decoded for clients without Brotli, by ETag: equal tags are equal contents. */
const decoded = new BoundedCache<Uint8Array<ArrayBuffer>>(16 * 1024 * 1024);

/** A document of a release, ready to be sent to many. */
export class ReadyDocument implements Ready {
  readonly packed: Sent;
  /** As packed; null where they lie in a pack that is read when they are asked for. */
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  readonly #release: ReleaseHead;
  #cacheControl = '';
  #inits: Inits | null = null;

  constructor(packed: Sent, release: ReleaseHead, bytes: Uint8Array<ArrayBuffer> | null) {
    this.packed = packed;
    this.bytes = bytes;
    this.#release = release;
  }

  /** 304, or the content: of a document whose bytes are in a pack of their own, only what HEAD asks for. */
  answer(request: Request, nowMs: number): Response {
    return this.notModified(request, nowMs) ?? this.content(request, this.bytes, nowMs);
  }

  /** 304 if the reader holds this content already. Errors have no validators: RFC 9110 §13.2.1. */
  notModified(request: Request, nowMs: number): Response | null {
    const { status, etag, modified } = this.packed;
    if (status !== 200 || !isHeld(request.headers, etag, modified)) return null;
    return new Response(null, this.#initsAt(nowMs).notModified);
  }

  /** The content, in the encoding the client likes better. `bytes` are as packed; HEAD needs none. */
  content(request: Request, bytes: Uint8Array<ArrayBuffer> | null, nowMs: number): Response {
    const inits = this.#initsAt(nowMs);
    const brotli = this.packed.encoding === 'br' && prefersBrotli(acceptEncodingOf(request));
    if (bytes === null || request.method === 'HEAD') return new Response(null, this.#headInit(inits, brotli));
    return new Response(brotli ? bytes : this.#identity(bytes), brotli ? inits.encoded : inits.identity);
  }

  // Nothing tells the runtime how long the body of a GET would be: RFC 9110 §9.3.2.
  #headInit(inits: Inits, brotli: boolean): ResponseInit {
    const before = inits.heads.get(brotli);
    if (before) return before;
    const init = brotli ? inits.encoded : inits.identity;
    const headers = new Headers(init.headers);
    const length = brotli ? this.packed.length : this.packed.sizeBytes;
    if (length !== null) headers.set('Content-Length', String(length));
    const head = { ...init, headers };
    inits.heads.set(brotli, head);
    return head;
  }

  #identity(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    if (this.packed.encoding === 'identity') return bytes;
    const before = decoded.get(this.packed.etag);
    if (before) return before;
    const content = new Uint8Array(brotliDecompressSync(bytes));
    decoded.set(this.packed.etag, content, content.length);
    return content;
  }

  // Built anew only where Cache-Control changes: in the last seconds before the release's boundary.
  #initsAt(nowMs: number): Inits {
    const control = this.packed.status === 200 ? cacheControl(this.#release.boundaryMs, nowMs) : NO_STORE;
    if (this.#inits && control === this.#cacheControl) return this.#inits;
    this.#cacheControl = control;
    this.#inits = initsOf(this.packed, this.#release, control);
    return this.#inits;
  }
}

function initsOf(packed: Sent, release: ReleaseHead, control: string): Inits {
  const { status, type, etag, modified } = packed;
  const caching: Record<string, string> = {
    'Cache-Control': control,
    'Nashra-Release': String(release.n),
    ...(status === 200 ? { ETag: etag } : {}),
  };
  const full = {
    'Content-Type': type,
    ...caching,
    ...(status === 200 && modified !== undefined ? { 'Last-Modified': httpDate(modified) } : {}),
    ...headersFor(audienceOf(packed), release.policy),
  };
  return {
    encoded: { status, headers: new Headers({ ...full, 'Content-Encoding': 'br' }), encodeBody: 'manual' },
    identity: { status, headers: new Headers(full) },
    // Only what a cache must update, and what lets a script see it: RFC 9110 §15.4.5.
    notModified: { status: 304, headers: new Headers({ ...caching, ...EVERYWHERE }) },
    heads: new Map(),
  };
}
