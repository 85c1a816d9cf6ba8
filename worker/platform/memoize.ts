/**
 * Caches the results of a function by its argument, for as long as the argument lives. The argument must be an object
 * that never changes.
 */
export function memoized<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const results = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    const cached = results.get(key);
    if (cached) return cached.value;
    const value = compute(key);
    results.set(key, { value });
    return value;
  };
}

/**
 * Like `memoized`, for a function of further inputs. Caches one result for each `key`: that of the last inputs, which
 * are compared by identity.
 */
export function memoizedWith<K extends object, I extends readonly unknown[], V>(
  compute: (key: K, ...inputs: I) => V,
): (key: K, ...inputs: I) => V {
  const results = new WeakMap<K, { readonly inputs: I; readonly value: V }>();
  return (key, ...inputs) => {
    const cached = results.get(key);
    if (cached?.inputs.every((input, i) => Object.is(input, inputs[i]))) return cached.value;
    const value = compute(key, ...inputs);
    results.set(key, { inputs, value });
    return value;
  };
}

/**
 * Like `memoized`, for a function of a list. The list may be a new one each time: its items are compared by identity.
 * Caches one result for each first item: that of the last list which began with it.
 */
export function memoizedList<T extends object, V>(
  compute: (list: readonly T[]) => V,
): (list: readonly T[]) => V {
  const results = new WeakMap<T, { readonly list: readonly T[]; readonly value: V }>();
  return (list) => {
    const [first] = list;
    if (!first) return compute(list);
    const cached = results.get(first);
    if (cached && isSameList(cached.list, list)) return cached.value;
    const value = compute(list);
    results.set(first, { list: [...list], value });
    return value;
  };
}

const isSameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((item, i) => item === b[i]);
