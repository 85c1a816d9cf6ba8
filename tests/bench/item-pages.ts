import { Agent, request } from 'node:http';
import { chanceOf } from '../chance.ts';
import { startWorkerd } from './bare-workerd.ts';
import { type Measured, median, round } from './figure.ts';
import type { GrownSite } from './grown.ts';
import { kvModules } from './kv-service.ts';
import { nashraModule } from './read-path.ts';
import { currentValues } from './seeded-kv.ts';

/** The highest ratio of the CPU time of an item's page, read for the first time, to the home page's. */
const MAX_RATIO = 5;
const PAGES = 4000;
const ROUNDS = 5;
const HOME_REQUESTS = 2000;
const CONNECTIONS = 16;

/**
 * The CPU time of items' pages that an isolate reads by chance, each for the first time: its part is joined with the
 * shell and compressed. One in ten also reads a pack from KV, which takes as long again. Beside it the home page, which
 * is in memory.
 */
export async function measureItemPages({ site, url }: GrownSite): Promise<Measured> {
  const paths = byChance(await itemPaths(url));
  const nashra = await startWorkerd([await nashraModule()], kvModules(await currentValues(site)));
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const microsOf = async (list: readonly string[]): Promise<number> => {
    const startMs = nashra.cpuMs();
    const left = [...list];
    const readAll = async () => {
      for (let path = left.pop(); path !== undefined; path = left.pop()) await read(agent, nashra.port, path);
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, readAll));
    return ((nashra.cpuMs() - startMs) * 1000) / list.length;
  };
  const home = Array.from({ length: HOME_REQUESTS }, () => '/ar/');
  const ofHome: number[] = [];
  const ofItem: number[] = [];
  try {
    for (let i = 0; i < ROUNDS; i++) await microsOf(home); // warms up
    for (let i = 0; i < ROUNDS; i++) {
      ofHome.push(await microsOf(home));
      ofItem.push(await microsOf(paths.slice((i * PAGES) / ROUNDS, ((i + 1) * PAGES) / ROUNDS)));
    }
  } finally {
    nashra.stop();
  }
  const ratio = median(ofItem.map((micros, i) => micros / (ofHome[i] ?? Number.NaN)));
  return {
    name: "an item's page, one of 4,000, read for the first time: CPU a request",
    value: round(median(ofItem)),
    unit: 'us',
    reference: round(median(ofHome)),
    against: 'the home page',
    ratio: round(ratio, 2),
    bound: `ratio <= ${MAX_RATIO}`,
    ok: ratio <= MAX_RATIO,
  };
}

const read = (agent: Agent, port: number, path: string) =>
  new Promise<void>((resolve, reject) => {
    const headers = { Host: 'bulletin.example', 'Accept-Encoding': 'br' };
    request({ port, path, agent, headers }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${path}: ${answer.statusCode}`));
      answer.resume().on('end', resolve).on('error', reject);
    })
      .on('error', reject)
      .end();
  });

/** The paths of all items' pages, from the sitemaps. */
async function itemPaths(url: URL): Promise<readonly string[]> {
  const pathsIn = async (path: string) =>
    [...(await (await fetch(new URL(path, url))).text()).matchAll(/<loc>([^<]+)<\/loc>/g)].map(
      ([, address = '']) => new URL(address).pathname,
    );
  const all = await Promise.all((await pathsIn('/sitemap.xml')).map(pathsIn));
  return all.flat().filter((path) => /^\/[a-z]+\/[a-z]+\/\d+$/.test(path));
}

function byChance(paths: readonly string[]): readonly string[] {
  const chance = chanceOf(1);
  const places = paths.map((path) => ({ path, place: chance() }));
  if (places.length < PAGES) throw new Error(`the site has only ${places.length} items' pages`);
  return places.sort((a, b) => a.place - b.place).map(({ path }) => path);
}
