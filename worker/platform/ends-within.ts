/**
 * Waits for something at most so long, and says whether it came. Whatever another request may have begun is awaited
 * only through this: if that request is cancelled, its promises never settle.
 */
export async function endsWithin(promise: Promise<unknown>, limitMs: number): Promise<boolean> {
  let timer: number | null = null;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), limitMs);
  });
  try {
    return await Promise.race([promise.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
