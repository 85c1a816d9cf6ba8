/** What a test asks of KV. */
export type KvOperation = 'get' | 'put' | 'delete' | 'list';

/** How an operation goes wrong. */
export type KvFault =
  /** It throws, and nothing has happened. */
  | { readonly kind: 'refuse' }
  /** It happens, later. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** It happens, and then throws: the caller can't know. */
  | { readonly kind: 'unknown' }
  /** It throws, and happens later all the same: the late write that must not win for good. */
  | { readonly kind: 'late'; readonly ms: number }
  /** It neither happens nor ends. */
  | { readonly kind: 'hang' }
  /** A get that finds nothing, as where KV has cached that the key was absent. */
  | { readonly kind: 'absent' }
  /** A get that gives what stood there before the last put made through this wrapper; null before the first. */
  | { readonly kind: 'stale' };

/** Which operations a fault meets: those on keys with a prefix, the next `times` of them (all, unless given). */
export type KvRule = {
  readonly on: KvOperation;
  readonly prefix?: string;
  readonly fault: KvFault;
  readonly times?: number;
};

/**
 * A real KV with faults by script: `new FaultyKv(env.BULLETIN).fail({ on: 'put', prefix: 'current', fault: … })`.
 * Hand `faulty.kv` to the code under test. The first rule that fits an operation applies; without one it passes
 * through. Every operation is on record in `calls`, the failed ones too.
 */
export class FaultyKv {
  readonly kv: KVNamespace;
  readonly calls: { readonly on: KvOperation; readonly key: string }[] = [];
  readonly #real: KVNamespace;
  /** Called before each operation. */
  onCall: () => void = () => {};
  #rules: { rule: KvRule; left: number }[] = [];
  readonly #before = new Map<string, ArrayBuffer | null>();

  constructor(real: KVNamespace) {
    this.#real = real;
    this.kv = {
      get: (key: string, options?: unknown) => this.#get(key, options),
      getWithMetadata: () => Promise.reject(new Error('not scripted: getWithMetadata')),
      put: (key: string, value: string | ArrayBuffer | ArrayBufferView, options?: KVNamespacePutOptions) =>
        this.#run('put', key, async () => {
          this.#before.set(key, this.#before.has(key) ? await real.get(key, 'arrayBuffer') : null);
          await real.put(key, value, options);
        }),
      delete: (key: string) => this.#run('delete', key, () => real.delete(key)),
      list: (options?: KVNamespaceListOptions) =>
        this.#run('list', options?.prefix ?? '', () => real.list(options)),
    } as unknown as KVNamespace;
  }

  /** Adds a fault. */
  fail(rule: KvRule): this {
    this.#rules.push({ rule, left: rule.times ?? Number.POSITIVE_INFINITY });
    return this;
  }

  /** Takes all faults away. What already hangs goes on hanging. */
  heal(): this {
    this.#rules = [];
    return this;
  }

  /** How many operations there were, on keys with a prefix. */
  count(on: KvOperation, prefix = ''): number {
    return this.calls.filter((call) => call.on === on && call.key.startsWith(prefix)).length;
  }

  #get(key: string, options: unknown): Promise<unknown> {
    const read = () => this.#real.get(key, options as 'arrayBuffer');
    return this.#run<unknown>('get', key, read, (fault) => {
      if (fault.kind === 'absent') return { value: null };
      if (fault.kind === 'stale') return { value: decoded(this.#before.get(key) ?? null, options) };
      return null;
    });
  }

  async #run<T>(
    on: KvOperation,
    key: string,
    act: () => Promise<T>,
    instead: (fault: KvFault) => { readonly value: T } | null = () => null,
  ): Promise<T> {
    this.calls.push({ on, key });
    this.onCall();
    const fault = this.#next(on, key);
    if (!fault) return act();
    const other = instead(fault);
    if (other) return other.value;
    switch (fault.kind) {
      case 'delay':
        await scheduler.wait(fault.ms);
        return act();
      case 'hang':
        return new Promise<never>(() => {});
      case 'unknown':
        await act();
        throw new Error(`KV ${on} ${key}: outcome unknown (scripted)`);
      case 'late':
        setTimeout(() => void act(), fault.ms);
        throw new Error(`KV ${on} ${key}: timed out (scripted)`);
      default:
        throw new Error(`KV ${on} ${key}: 503 (scripted)`);
    }
  }

  #next(on: KvOperation, key: string): KvFault | null {
    const fits = this.#rules.find(
      ({ rule, left }) => left > 0 && rule.on === on && key.startsWith(rule.prefix ?? ''),
    );
    if (!fits) return null;
    fits.left -= 1;
    return fits.rule.fault;
  }
}

/** A value as the options of a get ask for it. */
function decoded(value: ArrayBuffer | null, options: unknown): unknown {
  const type = typeof options === 'string' ? options : (options as { type?: string } | undefined)?.type;
  if (value === null || type === 'arrayBuffer') return value;
  const text = new TextDecoder().decode(value);
  return type === 'json' ? JSON.parse(text) : text;
}
