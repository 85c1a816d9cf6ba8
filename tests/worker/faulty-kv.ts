/** An operation on KV. */
export type KvOperation = 'get' | 'put' | 'delete' | 'list';

/** How an operation fails. */
export type KvFault =
  /** The operation throws and has no effect. */
  | { readonly kind: 'refuse' }
  /** The operation takes effect and returns later. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** The operation takes effect and then throws, so the caller does not know its outcome. */
  | { readonly kind: 'unknown' }
  /** The operation throws, but takes effect later: a late write, which must not win permanently. */
  | { readonly kind: 'late'; readonly ms: number }
  /** The operation has no effect and never ends. */
  | { readonly kind: 'hang' }
  /** A get returns null, as when KV has cached that the key is absent. */
  | { readonly kind: 'absent' }
  /** A get returns the value from before the last put through this wrapper; null if there was none. */
  | { readonly kind: 'stale' };

/** Which operations fail: the next `times` operations (default: all) on keys that start with `prefix`. */
export type KvRule = {
  readonly on: KvOperation;
  readonly prefix?: string;
  readonly fault: KvFault;
  readonly times?: number;
};

/**
 * A real KV with scripted faults: `new FaultyKv(env.BULLETIN).fail({ on: 'put', prefix: 'current', fault: … })`.
 * Pass its `kv` to the code under test. The first rule that matches an operation applies; an operation without a rule
 * passes through. `calls` records every operation, failed ones included.
 */
export class FaultyKv {
  readonly kv: KVNamespace;
  readonly calls: { readonly on: KvOperation; readonly key: string }[] = [];
  readonly #real: KVNamespace;
  /** Called before each operation. */
  onCall: () => void = () => {};
  #rules: { rule: KvRule; left: number }[] = [];
  readonly #previousValues = new Map<string, ArrayBuffer | null>();

  constructor(real: KVNamespace) {
    this.#real = real;
    this.kv = {
      get: (key: string, options?: unknown) => this.#get(key, options),
      getWithMetadata: () => Promise.reject(new Error('not scripted: getWithMetadata')),
      put: (key: string, value: string | ArrayBuffer | ArrayBufferView, options?: KVNamespacePutOptions) =>
        this.#run('put', key, async () => {
          this.#previousValues.set(
            key,
            this.#previousValues.has(key) ? await real.get(key, 'arrayBuffer') : null,
          );
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

  /** Removes all faults. An operation that already hangs still hangs. */
  clearFaults(): this {
    this.#rules = [];
    return this;
  }

  /** The number of operations so far on keys that start with `prefix`. */
  count(on: KvOperation, prefix = ''): number {
    return this.calls.filter((call) => call.on === on && call.key.startsWith(prefix)).length;
  }

  #get(key: string, options: unknown): Promise<unknown> {
    const read = () => this.#real.get(key, options as 'arrayBuffer');
    return this.#run<unknown>('get', key, read, (fault) => {
      if (fault.kind === 'absent') return { value: null };
      if (fault.kind === 'stale') return { value: decoded(this.#previousValues.get(key) ?? null, options) };
      return null;
    });
  }

  async #run<T>(
    on: KvOperation,
    key: string,
    act: () => Promise<T>,
    substitute: (fault: KvFault) => { readonly value: T } | null = () => null,
  ): Promise<T> {
    this.calls.push({ on, key });
    this.onCall();
    const fault = this.#next(on, key);
    if (!fault) return act();
    const substituted = substitute(fault);
    if (substituted) return substituted.value;
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
    const match = this.#rules.find(
      ({ rule, left }) => left > 0 && rule.on === on && key.startsWith(rule.prefix ?? ''),
    );
    if (!match) return null;
    match.left -= 1;
    return match.rule.fault;
  }
}

/** A value in the type that the options of a get ask for. */
function decoded(value: ArrayBuffer | null, options: unknown): unknown {
  const type = typeof options === 'string' ? options : (options as { type?: string } | undefined)?.type;
  if (value === null || type === 'arrayBuffer') return value;
  const text = new TextDecoder().decode(value);
  return type === 'json' ? JSON.parse(text) : text;
}
