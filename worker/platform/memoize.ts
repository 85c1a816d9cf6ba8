/**
 * Caches the result of a function by the object it is given, for as long as that object lives. For objects that are
 * replaced when they change.
 */
export function memoized<K extends object, V>(work: (key: K) => V): (key: K) => V {
  const results = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    const cached = results.get(key);
    if (cached) return cached.value;
    const value = work(key);
    results.set(key, { value });
    return value;
  };
}

/**
 * The same where the result depends on more inputs too: the result for the last ones is kept, which are compared by
 * identity.
 */
export function memoizedWith<K extends object, I extends readonly unknown[], V>(
  work: (key: K, ...inputs: I) => V,
): (key: K, ...inputs: I) => V {
  const results = new WeakMap<K, { readonly inputs: I; readonly value: V }>();
  return (key, ...inputs) => {
    const cached = results.get(key);
    if (cached?.inputs.every((input, i) => Object.is(input, inputs[i]))) return cached.value;
    const value = work(key, ...inputs);
    results.set(key, { inputs, value });
    return value;
  };
}
