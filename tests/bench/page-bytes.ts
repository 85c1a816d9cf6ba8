import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { fillSite } from '../../scripts/seed/fill-site.ts';
import { readSeed } from '../../scripts/seed/read-seed.ts';
import { staffAt } from '../../scripts/seed/staff-client.ts';
import { bodyBytes } from './body-bytes.ts';
import { atMost, type Measured } from './figure.ts';
import { OPERATOR, startCountingSite } from './site-in-miniflare.ts';

/** The bound of a home page with its style sheet, in bytes: what a new connection carries in one round trip. */
export const HOME_BOUND = 14_000;

const UNIT = 'bytes brotli';

/** Sizes on the network, with the content of `kv-seed/`: pages and live.json as the Worker sends them, in Brotli. */
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

/**
 * The size of `page-….js`, the only script that a page loads by itself. The edge compresses static files; here we do.
 */
async function scriptBytes(): Promise<number> {
  const { assets } = await import('../../dist/build.ts'); // imported late, because the bench builds it
  return brotliCompressSync(readFileSync(`dist/assets${assets['page.js']}`)).length;
}
