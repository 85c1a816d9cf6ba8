import { setTimeout as sleep } from 'node:timers/promises';

const CALL_MS = 15_000;
const ASK_AGAIN_MS = 30;

/**
 * Has a runtime that has just been started publish what its templates make different.
 * @param url where it answers
 * @returns `documents` when a release has every page and document anew, `all` when items' pages are too
 */
export async function publishNew(
  url: URL,
  key: string,
): Promise<{ readonly documents: Promise<void>; readonly all: Promise<void> }> {
  const before = await releaseOf(url, key);
  let ended = false;
  const all = call(url, 'POST', 'tick', key).then(() => {});
  all
    .catch(() => {})
    .finally(() => {
      ended = true;
    });
  const newRelease = async () => {
    while (!ended && (await releaseOf(url, key)) === before) await sleep(ASK_AGAIN_MS);
  };
  return { documents: Promise.race([all, newRelease()]), all };
}

const releaseOf = async (url: URL, key: string): Promise<unknown> =>
  Object(await call(url, 'GET', 'status', key)).release;

async function call(url: URL, method: string, path: string, key: string): Promise<unknown> {
  const response = await fetch(new URL(`/api/v1/staff/${path}`, url), {
    method,
    headers: { Authorization: `Bearer ${key}` },
    signal: AbortSignal.timeout(CALL_MS),
  });
  if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}`);
  return response.json();
}
