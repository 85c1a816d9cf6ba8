/** What an entry takes in V8 beside its key's text and its value, rounded up. */
const ENTRY_BYTES = 200;
/** V8 keeps a text as UTF-16, or in half of that where all of it is Latin-1. */
const BYTES_A_UNIT = 2;

/**
 * Things kept in memory up to a number of bytes, keys and all; the ones unused longest go first. A value's size is what
 * its caller says: it must hold on to nothing else. Texts are best kept as bytes, because V8 keeps one that was put
 * together from pieces as these pieces (a page of 170 kB took 2.4 MB), and one that was cut from another as the other.
 */
export class BoundedCache<V> {
  readonly #kept = new Map<string, { readonly value: V; readonly sizeBytes: number }>();
  readonly #limitBytes: number;
  #sizeBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** What is kept takes so many bytes. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  get(key: string): V | undefined {
    const entry = this.#kept.get(key);
    if (!entry) return undefined;
    this.#kept.delete(key); // a Map keeps the order things were put in: now this one is the newest
    this.#kept.set(key, entry);
    return entry.value;
  }

  /** Keeps a value. One that is larger than the whole cache is not kept at all. */
  set(key: string, value: V, valueBytes: number): void {
    this.#drop(key);
    const sizeBytes = valueBytes + key.length * BYTES_A_UNIT + ENTRY_BYTES;
    if (sizeBytes > this.#limitBytes) return;
    this.#kept.set(ownText(key), { value, sizeBytes });
    this.#sizeBytes += sizeBytes;
    for (const oldest of this.#kept.keys()) {
      if (this.#sizeBytes <= this.#limitBytes) break;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#sizeBytes -= this.#kept.get(key)?.sizeBytes ?? 0;
    this.#kept.delete(key);
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true });

/** A text in memory of its own: a path cut from an address would hold on to the whole address, its query string too. */
const ownText = (text: string): string => decoder.decode(encoder.encode(text));
