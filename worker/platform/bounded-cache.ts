/** The size of an entry in V8 without its key's text and its value, rounded up. */
const ENTRY_BYTES = 200;
/** V8 stores a text with 2 bytes a unit (UTF-16), or with 1 if all of it is Latin-1. */
const UNIT_BYTES = 2;

/**
 * A cache in memory with a limit in bytes, keys included. It drops the least recently used values first. The caller
 * gives the size of a value, which must not refer to anything else. Store texts as bytes: V8 stores a text that was
 * joined from pieces as those pieces (a page of 170 kB took 2.4 MB), and a text that was cut from a longer one keeps
 * the longer one.
 */
export class BoundedCache<V> {
  readonly #entries = new Map<string, { readonly value: V; readonly sizeBytes: number }>();
  readonly #limitBytes: number;
  #sizeBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** The size of all entries. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  get(key: string): V | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key); // a Map keeps the order of insertion: this makes the entry the newest
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** Stores a value of `valueBytes` bytes. Does not store a value that is larger than the whole cache. */
  set(key: string, value: V, valueBytes: number): void {
    this.#drop(key);
    const sizeBytes = valueBytes + key.length * UNIT_BYTES + ENTRY_BYTES;
    if (sizeBytes > this.#limitBytes) return;
    this.#entries.set(ownText(key), { value, sizeBytes });
    this.#sizeBytes += sizeBytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#sizeBytes <= this.#limitBytes) break;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#sizeBytes -= this.#entries.get(key)?.sizeBytes ?? 0;
    this.#entries.delete(key);
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true });

/** A copy of a text in memory of its own: a path that was cut from a URL would keep the whole URL in memory. */
const ownText = (text: string): string => decoder.decode(encoder.encode(text));
