import { brotliDecompressSync } from 'node:zlib';
import { coded } from '../model/coded.ts';
import type { PackedDocument } from '../pack/format.ts';
import { BoundedCache } from '../platform/bounded-cache.ts';
import { problemResponse } from '../platform/problem-response.ts';
import { acceptEncodingOf, prefersBrotli } from './accept-encoding.ts';
import { cacheControl, NO_STORE } from './cache-control.ts';
import { inPieces } from './in-pieces.ts';
import { httpDate, isNotModified, isPreconditionFailed } from './preconditions.ts';
import { audienceOf, COMMON_HEADERS, DATA_HEADERS, headersFor } from './public-headers.ts';

/** The facts of a release that the headers of its answers need. */
export type ReleaseHead = { readonly n: number; readonly policy: string; readonly boundaryMs: number };

/** What the headers of a document need. */
export type DocumentMetadata = Pick<
  PackedDocument,
  'type' | 'etag' | 'status' | 'encoding' | 'audience' | 'modified'
> & {
  /** Bytes as encoded; null while not known. */
  readonly length: number | null;
  /** Bytes of the content, not encoded; null while not known. */
  readonly sizeBytes: number | null;
};

/** An answer in memory. */
export type ReadyAnswer = { readonly answer: (request: Request, nowMs: number) => Response };

/**
 * Status and headers for all requests. Building `Headers` is most of the work of an answer, so it is done once, and not
 * before it is needed: a page that one reader asks for once needs only the first.
 */
type Inits = {
  encoded?: ResponseInit;
  identity?: ResponseInit;
  notModified?: ResponseInit;
  /** For HEAD; the key is whether a GET would send Brotli. */
  readonly heads: Map<boolean, ResponseInit>;
};

/**
 * Decoded contents for clients without Brotli, by ETag: equal ETags mean equal contents. The largest document has room,
 * so that all its readers share it.
 */
const decodedContents = new BoundedCache<Uint8Array<ArrayBuffer>>(18 * 1024 * 1024);

/** A larger body is sent in pieces. Smaller ones are faster as a whole. */
const MAX_WHOLE_BYTES = 1024 * 1024;

/** A document of a release, ready to be sent to many clients. */
export class ReadyDocument implements ReadyAnswer {
  readonly metadata: DocumentMetadata;
  /** As encoded in the pack; null if they are in another pack, which is read when a request needs them. */
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  readonly #release: ReleaseHead;
  #cacheControl = '';
  #inits: Inits | null = null;

  constructor(metadata: DocumentMetadata, release: ReleaseHead, bytes: Uint8Array<ArrayBuffer> | null) {
    this.metadata = metadata;
    this.bytes = bytes;
    this.#release = release;
  }

  /** 412, 304, or the content; without `bytes`, only the headers, as for HEAD. */
  answer(request: Request, nowMs: number): Response {
    return this.withoutContent(request, nowMs) ?? this.content(request, this.bytes, nowMs);
  }

  /**
   * 412 if the client asks for another version, 304 if it already has this content, else null. Preconditions do not
   * apply to errors: RFC 9110 §13.2.1.
   */
  withoutContent(request: Request, nowMs: number): Response | null {
    const { status, etag, modified } = this.metadata;
    if (status !== 200) return null;
    if (isPreconditionFailed(request.headers, etag, modified)) return this.#preconditionFailed(request);
    if (!isNotModified(request.headers, etag, modified)) return null;
    return new Response(null, this.#init('notModified', nowMs));
  }

  /** The content, in the encoding that the client prefers. `bytes` are as encoded in the pack; HEAD needs none. */
  content(request: Request, bytes: Uint8Array<ArrayBuffer> | null, nowMs: number): Response {
    const brotli = this.metadata.encoding === 'br' && prefersBrotli(acceptEncodingOf(request));
    if (bytes === null || request.method === 'HEAD') return new Response(null, this.#headInit(brotli, nowMs));
    const body = brotli ? bytes : this.#identity(bytes);
    return new Response(
      body.length > MAX_WHOLE_BYTES ? inPieces(body) : body,
      this.#init(brotli ? 'encoded' : 'identity', nowMs),
    );
  }

  #preconditionFailed({ method }: Request): Response {
    const answer = problemResponse(
      {
        kind: 'precondition-failed',
        status: 412,
        ...coded('etag-other', { current: this.metadata.etag }),
      },
      { ...DATA_HEADERS, 'Nashra-Release': String(this.#release.n) },
    );
    return method === 'HEAD' ? new Response(null, answer) : answer;
  }

  // The runtime sets the Content-Length of a GET from its body. A HEAD answer has no body: RFC 9110 §9.3.2.
  #headInit(brotli: boolean, nowMs: number): ResponseInit {
    const { heads } = this.#initsAt(nowMs);
    const cached = heads.get(brotli);
    if (cached) return cached;
    const init = this.#init(brotli ? 'encoded' : 'identity', nowMs);
    const headers = new Headers(init.headers);
    const length = brotli ? this.metadata.length : this.metadata.sizeBytes;
    if (length !== null) headers.set('Content-Length', String(length));
    const head = { ...init, headers };
    heads.set(brotli, head);
    return head;
  }

  #identity(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    if (this.metadata.encoding === 'identity') return bytes;
    const cached = decodedContents.get(this.metadata.etag);
    if (cached) return cached;
    const content = new Uint8Array(brotliDecompressSync(bytes));
    decodedContents.set(this.metadata.etag, content, content.length);
    return content;
  }

  #init(kind: 'encoded' | 'identity' | 'notModified', nowMs: number): ResponseInit {
    const inits = this.#initsAt(nowMs);
    inits[kind] ??= initOf(kind, this.metadata, this.#release, this.#cacheControl);
    return inits[kind];
  }

  // Built again only when Cache-Control changes: in the last seconds before the release's boundary.
  #initsAt(nowMs: number): Inits {
    const control = this.metadata.status === 200 ? cacheControl(this.#release.boundaryMs, nowMs) : NO_STORE;
    if (this.#inits && control === this.#cacheControl) return this.#inits;
    this.#cacheControl = control;
    this.#inits = { heads: new Map() };
    return this.#inits;
  }
}

function initOf(
  kind: 'encoded' | 'identity' | 'notModified',
  metadata: DocumentMetadata,
  release: ReleaseHead,
  control: string,
): ResponseInit {
  const { status, type, etag, modified } = metadata;
  const caching: Record<string, string> = {
    'Cache-Control': control,
    'Nashra-Release': String(release.n),
    ...(status === 200 ? { ETag: etag } : {}),
  };
  // Only what a cache must update (RFC 9110 §15.4.5), and what lets scripts of other sites read the answer.
  if (kind === 'notModified') return { status: 304, headers: new Headers({ ...caching, ...COMMON_HEADERS }) };
  const full = {
    'Content-Type': type,
    ...caching,
    ...(status === 200 && modified !== undefined ? { 'Last-Modified': httpDate(modified) } : {}),
    ...headersFor(audienceOf(metadata), release.policy),
  };
  return kind === 'encoded'
    ? { status, headers: new Headers({ ...full, 'Content-Encoding': 'br' }), encodeBody: 'manual' }
    : { status, headers: new Headers(full) };
}
