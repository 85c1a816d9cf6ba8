import { BoundedCache } from '../platform/bounded-cache.ts';
import { brotliText } from '../platform/brotli.ts';

// Compressed on a read, so it must be quick: half a millisecond a page, and 5 % larger than at 9.
const QUALITY = 5;

/** A text in Brotli, and the bytes of its UTF-8. */
export type Compressed = { readonly bytes: Uint8Array<ArrayBuffer>; readonly sizeBytes: number };

/** What was compressed before, by ETag: a new release in which it is the same finds it here. */
const cache = new BoundedCache<Compressed>(16 * 1024 * 1024);

/** The content under an ETag in Brotli, compressed when it is first asked for. */
export function compressed(etag: string, content: () => Uint8Array): Compressed {
  const cached = cache.get(etag);
  if (cached) return cached;
  const plain = content();
  const made = { bytes: brotliText(plain, QUALITY), sizeBytes: plain.length };
  cache.set(etag, made, made.bytes.length);
  return made;
}
