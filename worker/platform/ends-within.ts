/**
 * Waits for a promise for at most `limitMs`. Gives whether it resolved in time; throws if it rejected in time. Await a
 * promise of another request only through this: if that request is cancelled, its promises never settle.
 */
export async function endsWithin(promise: Promise<unknown>, limitMs: number): Promise<boolean> {
  let timer: number | null = null;
  const timeout = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), limitMs);
  });
  try {
    return await Promise.race([promise.then(() => true), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
