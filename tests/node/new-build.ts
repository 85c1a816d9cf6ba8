import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';

/** Pages that a new build changes: whole documents, and items' pages, which are joined when they are read. */
const PAGES = ['/en/', '/ar/news/1', '/en/decisions/1', '/en/rumours/1', '/ar/faq/'];
const MARK = 'data-build="second"';

/** Changes a script, the styles and the template of every page, as an operator who adapts the site might. */
export function changeClient(root: string): void {
  appendFileSync(join(root, 'client/islands/page.ts'), "\ndocument.body.dataset.script = 'second';\n");
  appendFileSync(
    join(root, 'client/styles/foot.css'),
    '\n@layer components {\n  .foot { --build: second; }\n}\n',
  );
  const shell = join(root, 'client/page/frame/shell.tsx');
  const text = readFileSync(shell, 'utf8');
  writeFileSync(shell, text.replace('<main id="main">', `<main id="main" ${MARK}>`));
  expect(readFileSync(shell, 'utf8')).toContain(MARK);
}

/** Writes a static script that no build has named for `daysAgo` days; gives its path. */
export function addOldAsset(root: string, daysAgo: number): string {
  const path = '/assets/page-0123456789.js';
  const file = join(root, 'dist/assets', path);
  const lastNamed = new Date(Date.now() - daysAgo * 86_400_000);
  writeFileSync(file, 'export {};');
  utimesSync(file, lastNamed, lastNamed);
  return path;
}

/** A static file as it was served. `caching` is its Cache-Control. */
export type Asset = { readonly path: string; readonly text: string; readonly caching: string | null };

/** The static files that the home page names: scripts, styles, strings, icons. */
export async function assetsNamed(url: string): Promise<readonly Asset[]> {
  const html = await (await fetch(`${url}/en/`)).text();
  const paths = [...html.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, path = '']) => path);
  expect(paths.length).toBeGreaterThanOrEqual(4);
  return Promise.all(paths.map((path) => assetAt(url, path)));
}

/** The static file at exactly this path: a redirect is an error. */
export async function assetAt(url: string, path: string): Promise<Asset> {
  const response = await fetch(url + path, { redirect: 'manual' });
  expect([path, response.status]).toEqual([path, 200]);
  expect(response.headers.get('content-type')).toMatch(/javascript|css|json|svg|png/);
  return { path, text: await response.text(), caching: response.headers.get('cache-control') };
}

/**
 * Reads pages again and again, also while the site is not up. Each page must come from one build, with styles that its
 * policy allows. `stop` waits until every page is of the new build, and gives the number of pages read.
 */
export function keepReadingPages(url: string): { stop(): Promise<number> } {
  let stopping = false;
  let reads = 0;
  const reading = (async () => {
    for (let isNew = false; !(stopping && isNew); await sleep(100)) {
      const pages = await Promise.all(PAGES.map((path) => pageAt(url, path)));
      reads += pages.filter((page) => page !== null).length;
      isNew = pages.every((page) => page?.includes(MARK));
    }
  })();
  reading.catch(() => {}); // `stop` throws the error
  return {
    async stop() {
      stopping = true;
      const late = sleep(15_000, 'late', { ref: false });
      expect(await Promise.race([reading, late]), 'pages of the old build are left').not.toBe('late');
      return reads;
    },
  };
}

/** A page, checked to be of one build; null while the site is not up. */
async function pageAt(url: string, path: string): Promise<string | null> {
  const response = await fetch(url + path).catch(() => null);
  if (!response || response.status === 503) return null; // not up yet
  expect([path, response.status]).toEqual([path, 200]);
  const html = await response.text();
  const style = /<style>(.*?)<\/style>/s.exec(html)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  expect(response.headers.get('content-security-policy'), path).toContain(`'sha256-${hash}'`);
  expect(html.includes(MARK), path).toBe(style.includes('--build: second'));
  return html;
}
