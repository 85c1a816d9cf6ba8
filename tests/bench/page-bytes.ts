import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { brotliCompressSync } from 'node:zlib';
import { fillSite } from '../../kv-seed/fill-site.ts';
import { readSeed } from '../../kv-seed/read-seed.ts';
import { staffAt } from '../../kv-seed/staff-client.ts';
import { type Measured, round } from './figure.ts';
import { OPERATOR, startCountingSite } from './site-in-miniflare.ts';

/** Bytes as they cross the network, of the real content: pages and live.json in Brotli as the Worker sends them. */
export async function measurePageBytes(): Promise<readonly Measured[]> {
  const { site, url } = await startCountingSite();
  try {
    await fillSite(await readSeed('kv-seed'), staffAt(url.origin, OPERATOR), url.origin, () => {});
    return [
      bytes('home page, Arabic, with its CSS', await bodyBytes(new URL('/ar/', url)), 14_000),
      bytes('home page, English, with its CSS', await bodyBytes(new URL('/en/', url)), 14_000),
      bytes('live.json', await bodyBytes(new URL('/api/v1/live.json', url)), 600),
      bytes('script before anyone interacts', await scriptBytes(), 10_000),
    ];
  } finally {
    await site.dispose();
  }
}

const bytes = (name: string, value: number, bound: number): Measured => ({
  name,
  value,
  unit: 'bytes brotli',
  reference: bound,
  ratio: round(value / bound, 2),
  bound: `<= ${bound} bytes`,
  ok: value <= bound,
});

/** The body's bytes as sent. Only `br` is accepted: the local platform would encode anew for a list with gzip in it. */
function bodyBytes(url: URL): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { 'Accept-Encoding': 'br' } }, (response) => {
      if (response.headers['content-encoding'] !== 'br') reject(new Error(`${url} was not sent as br`));
      let sum = 0;
      response.on('data', (chunk: Uint8Array) => {
        sum += chunk.length;
      });
      response.on('end', () => resolve(sum));
    })
      .on('error', reject)
      .end();
  });
}

/** `page-….js`, the only script a page loads by itself. Static files are compressed by the edge; so it is done here. */
async function scriptBytes(): Promise<number> {
  const { assets } = await import('../../dist/build.ts'); // not before it was built
  return brotliCompressSync(readFileSync(`dist/assets${assets['page.js']}`)).length;
}
