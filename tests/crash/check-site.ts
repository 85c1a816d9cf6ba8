import { setTimeout as sleep } from 'node:timers/promises';
import { fetchLedger, verifyLedger } from '../../scripts/verify-ledger.mjs';
import { COLLECTIONS, type Post } from './writers.ts';

const CATCH_UP_MS = 60_000;
const AT_ONCE = 10;

type Target = { readonly url: string; readonly key: string };
type Reading = { readonly status: number; readonly release: number; readonly text: string };

/**
 * Checks the site after the last life: its ledger, its public lists and figures, its pages. Gives the number of ledger
 * entries, and of the release.
 * @throws Error at the first fault
 */
export async function checkSite(
  target: Target,
  posts: readonly Post[],
): Promise<{ entries: number; release: number }> {
  const entries = await fetchLedger(target.url, target.key);
  const { fault } = verifyLedger(entries);
  if (fault) throw new Error(`the ledger does not verify: ${fault}`);
  checkLedgerHasEachOnce(entries, posts);
  const release = await waitForCatchUp(target);
  await checkPublicHasEachOnce(target, posts);
  await checkPages(target, release);
  return { entries: entries.length, release };
}

/** Checks that the ledger has each post once. All posts are acknowledged by now: a writer retries until then. */
function checkLedgerHasEachOnce(entries: readonly unknown[], posts: readonly Post[]): void {
  const texts = entries.map((entry) => JSON.stringify(entry));
  for (const { mark, answer, method } of posts) {
    // The quote marks the end, so that post 1 is not found in post 12.
    const times = texts.filter((text) => text.includes(`${mark}"`)).length;
    if (times !== 1)
      throw new Error(`${method} ${mark} (${JSON.stringify(answer)}) is in the ledger ${times} times`);
  }
}

/** Waits until the public release contains every change; gives its number. */
async function waitForCatchUp({ url, key }: Target): Promise<number> {
  for (const end = Date.now() + CATCH_UP_MS; ; await sleep(500)) {
    const answer = await fetch(`${url}/api/v1/staff/status`, { headers: { authorization: `Bearer ${key}` } });
    const status = (await answer.json()) as { release: number; pending: boolean };
    const { text } = await read(url, '/api/v1/bulletin.json');
    const { release } = JSON.parse(text) as { release: number };
    if (!status.pending && release === status.release) return release;
    if (Date.now() > end)
      throw new Error(`public release ${release} is behind after a minute: ${JSON.stringify(status)}`);
  }
}

/** Checks that the public lists have each item once, and that each figure is the last one posted. */
async function checkPublicHasEachOnce({ url }: Target, posts: readonly Post[]): Promise<void> {
  const counts = new Map<string, number>();
  for (const collection of COLLECTIONS)
    for (let path: string | null = `/api/v1/${collection}.json`; path; ) {
      const { text } = await read(url, path);
      const page = JSON.parse(text) as { items: Record<string, { en?: string }>[]; next: string | null };
      for (const { title, claim, question, name } of page.items) {
        const heading = `${collection}: ${(title ?? claim ?? question ?? name)?.en}`;
        counts.set(heading, (counts.get(heading) ?? 0) + 1);
      }
      path = page.next;
    }
  const lastFigures = new Map<string, number>();
  for (const { mark, method, path, body } of posts)
    if (method === 'POST') {
      const times = counts.get(`${path.split('/').at(-1)}: ${mark}`) ?? 0;
      if (times !== 1) throw new Error(`${mark} is in the list of ${path} ${times} times`);
    } else lastFigures.set(path, (body as { values: { new_cases: number } }).values.new_cases);
  const { text } = await read(url, '/api/v1/statistics.json');
  const { dates, metrics } = JSON.parse(text) as {
    dates: string[];
    metrics: Record<string, (number | null)[]>;
  };
  for (const [path, last] of lastFigures) {
    const value = metrics.new_cases?.[dates.indexOf(path.split('/').at(-1) ?? '')];
    if (value !== last) throw new Error(`${path} is ${value} in public, but ${last} was acknowledged last`);
  }
}

/** Checks that every page in the sitemap is served, and that none comes from an older release. */
async function checkPages({ url }: Target, release: number): Promise<void> {
  const paths = await sitemapPaths(url, '/sitemap.xml');
  if (paths.length < 10) throw new Error(`the sitemap lists only ${paths.length} pages`);
  const check = async (path: string) => {
    const page = await read(url, path);
    if (page.status !== 200) throw new Error(`${path} answers ${page.status}`);
    if (page.release < release)
      throw new Error(`${path} comes from release ${page.release}, which is older than ${release}`);
  };
  while (paths.length > 0) await Promise.all(paths.splice(0, AT_ONCE).map(check));
}

/** The paths of the pages in a sitemap, and in the sitemaps that it lists. */
async function sitemapPaths(url: string, path: string): Promise<string[]> {
  const { text } = await read(url, path);
  const paths = [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, loc = '']) => new URL(loc).pathname);
  return text.includes('<sitemapindex')
    ? (await Promise.all(paths.map((sitemap) => sitemapPaths(url, sitemap)))).flat()
    : paths;
}

async function read(url: string, path: string): Promise<Reading> {
  const answer = await fetch(url + path);
  return {
    status: answer.status,
    release: Number(answer.headers.get('nashra-release')),
    text: await answer.text(),
  };
}
