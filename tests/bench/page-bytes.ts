import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { fillSite } from '../../scripts/seed/fill-site.ts';
import { readSeed } from '../../scripts/seed/read-seed.ts';
import { staffAt } from '../../scripts/seed/staff-client.ts';
import { bodyBytes } from './body-bytes.ts';
import { atMost, type Measured } from './figure.ts';
import { OPERATOR, startCountingSite } from './site-in-miniflare.ts';

/** The design's bound for a home page with its style sheet, in bytes: one round trip of a fresh connection. */
export const HOME_BOUND = 14_000;

const UNIT = 'bytes brotli';

/** Bytes as they cross the network, of the real content: pages and live.json in Brotli as the Worker sends them. */
export async function measurePageBytes(): Promise<readonly Measured[]> {
  const { site, url } = await startCountingSite();
  try {
    await fillSite(await readSeed('kv-seed'), staffAt(url.origin, OPERATOR), url.origin, () => {});
    const home = (tag: string) => bodyBytes(new URL(`/${tag}/`, url));
    return [
      atMost('home page, Arabic, with its CSS', await home('ar'), HOME_BOUND, UNIT),
      atMost('home page, English, with its CSS', await home('en'), HOME_BOUND, UNIT),
      atMost('live.json', await bodyBytes(new URL('/api/v1/live.json', url)), 600, UNIT),
      atMost('script before anyone interacts', await scriptBytes(), 10_000, UNIT),
    ];
  } finally {
    await site.dispose();
  }
}

/** `page-….js`, the only script a page loads by itself. Static files are compressed by the edge; so it is done here. */
async function scriptBytes(): Promise<number> {
  const { assets } = await import('../../dist/build.ts'); // not before it was built
  return brotliCompressSync(readFileSync(`dist/assets${assets['page.js']}`)).length;
}
