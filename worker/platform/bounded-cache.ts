/** Things kept in memory up to a number of bytes; the ones unused longest go first. */
export class BoundedCache<V> {
  readonly #kept = new Map<string, { readonly value: V; readonly sizeBytes: number }>();
  readonly #limitBytes: number;
  #sizeBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get(key: string): V | undefined {
    const entry = this.#kept.get(key);
    if (!entry) return undefined;
    this.#kept.delete(key); // a Map keeps the order things were put in: now this one is the newest
    this.#kept.set(key, entry);
    return entry.value;
  }

  /** Keeps a value. One that is larger than the whole cache is not kept at all. */
  set(key: string, value: V, sizeBytes: number): void {
    this.#drop(key);
    if (sizeBytes > this.#limitBytes) return;
    this.#kept.set(key, { value, sizeBytes });
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
