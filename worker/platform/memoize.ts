/**
 * A function of an object that works each object out once, for as long as the object lives. For objects that are replaced
 * when they change; where what is worked out depends on more, `isCurrent` says whether the cached result still holds.
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
 * The same where the result also depends on `inputs`, compared one by one: the result for the last inputs is kept.
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
