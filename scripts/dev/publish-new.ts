import { setTimeout as sleep } from 'node:timers/promises';

const CALL_MS = 15_000;
const POLL_MS = 30;

/**
 * Makes a newly started runtime publish what its templates changed.
 * @param url the runtime's address
 * @returns `documents` resolves when a release has all documents except items' pages rendered again, `all` when it has
 * items' pages too
 */
export async function publishNew(
  url: URL,
  key: string,
): Promise<{ readonly documents: Promise<void>; readonly all: Promise<void> }> {
  const previous = await releaseOf(url, key);
  let ended = false;
  const all = call(url, 'POST', 'tick', key).then(() => {});
  all
    .catch(() => {})
    .finally(() => {
      ended = true;
    });
  const newRelease = async () => {
    while (!ended && (await releaseOf(url, key)) === previous) await sleep(POLL_MS);
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
