import { setTimeout as sleep } from 'node:timers/promises';
import { bodyBytes } from './body-bytes.ts';
import { atMost, type Measured, median, type Reference } from './figure.ts';
import { besideTenth, type GrownSite, inTurns, publish, putToSleep, type Times, timed } from './grown.ts';
import { HOME_BOUND } from './page-bytes.ts';
import { measureRelease } from './release-size.ts';
import { staffCall } from './site-in-miniflare.ts';

const KIB = 1024;
const MIB = 2 ** 20;
const WAKES = 7;

/** The size of the release in KV (a value may have 25 MiB) and in a reader's memory (an isolate has 128 MiB). */
export async function measureSizes(all: GrownSite, tenth: GrownSite): Promise<readonly Measured[]> {
  const measure = async ({ site }: GrownSite) => measureRelease(await site.getKVNamespace('BULLETIN'));
  const [allSizes, tenthSizes] = [await measure(all), await measure(tenth)];
  const memory = 'memory of a reader: the release loaded, ready to answer';
  return [
    atMost(
      'release, as KV holds it',
      allSizes.releaseBytes / KIB,
      25 * KIB,
      'KiB',
      besideTenth(tenthSizes.releaseBytes / KIB),
    ),
    atMost(memory, allSizes.readerBytes / MIB, 128, 'MiB', besideTenth(tenthSizes.readerBytes / MIB)),
  ];
}

/** The home pages of the grown site, compared with those of the seeded site, which are among the `earlier` figures. */
export function measureHomePages(
  { url }: GrownSite,
  earlier: readonly Measured[],
): Promise<readonly Measured[]> {
  const languages = { ar: 'Arabic', en: 'English', fr: 'a third language' };
  return Promise.all(
    Object.entries(languages).map(async ([tag, language]) => {
      const seeded = earlier.find(({ name }) => name.startsWith(`home page, ${language},`));
      return atMost(
        `home page of the grown site, ${language}, with its CSS`,
        await bodyBytes(new URL(`/${tag}/`, url)),
        HOME_BOUND,
        'bytes brotli',
        seeded && { value: seeded.value, against: 'with the seed' },
      );
    }),
  );
}

/**
 * How long a sleeping Newsroom takes to answer a question, and to publish a figure.
 * @param published how many figures were published before, so that the next ones differ
 */
export async function measureWaking(
  all: GrownSite,
  tenth: GrownSite,
  published: number,
): Promise<readonly Measured[]> {
  const times = new Map([all, tenth].map((site) => [site, { answer: [] as Times[], figure: [] as Times[] }]));
  await inTurns([all, tenth], WAKES, async (site, i) => {
    const siteTimes = times.get(site);
    await putToSleep(site);
    siteTimes?.answer.push(await timed(site, () => staffCall(site.url, 'GET', 'whoami')));
    await putToSleep(site);
    siteTimes?.figure.push(await timed(site, () => publish(site, 'a figure', published + i)));
  });
  const line = (name: string, call: 'answer' | 'figure', clock: keyof Times, bound: number, unit: string) => {
    const medianOf = (site: GrownSite) => median((times.get(site)?.[call] ?? []).map((time) => time[clock]));
    return atMost(name, medianOf(all), bound, unit, besideTenth(medianOf(tenth)));
  };
  return [
    line('Newsroom woken after sleep, 20,000 entries, to its first answer', 'answer', 'ms', 100, 'ms'),
    line('the same in processor time', 'answer', 'cpuMs', 100, 'ms of CPU'),
    line('Newsroom woken by a figure, to its release', 'figure', 'ms', 500, 'ms'),
    line('the same in processor time', 'figure', 'cpuMs', 500, 'ms of CPU'),
  ];
}

/**
 * A deploy with new templates: the longest wait of a staff call while all documents are rendered again in steps,
 * compared with the bound of a publish, and the time until all of them are public. The design bounds neither.
 */
export async function measureNewTemplates(all: GrownSite, tenth: GrownSite): Promise<readonly Measured[]> {
  const [allTimes, tenthTimes] = [await renderAgain(all), await renderAgain(tenth)];
  const budget = { value: 500, against: 'the bound of a publish' };
  const line = (name: string, value: number, unit: string, reference: Reference): Measured => ({
    ...atMost(name, value, Number.POSITIVE_INFINITY, unit, reference),
    bound: 'none',
  });
  return [
    line(
      'the longest a staff call waits while new templates render (for the record)',
      allTimes.longestMs,
      'ms',
      budget,
    ),
    line('the same in processor time', allTimes.longestCpuMs, 'ms of CPU', budget),
    line(
      'new templates, until all is public (for the record)',
      allTimes.allMs,
      'ms',
      besideTenth(tenthTimes.allMs),
    ),
  ];
}

type Rendering = { readonly longestMs: number; readonly longestCpuMs: number; readonly allMs: number };

/** Makes the templates of a site count as new, and measures until all its documents are rendered again and public. */
async function renderAgain(site: GrownSite): Promise<Rendering> {
  await sleep(1000); // until a new write of `current` need not wait
  await fetch(new URL('/bench/outdate', site.url));
  await putToSleep(site);
  const waits: Times[] = [];
  const { ms: allMs } = await timed(site, async () => {
    const tick = staffCall(site.url, 'POST', 'tick');
    for (let isPending = true; isPending; ) {
      await sleep(2);
      const wait = await timed(site, async () => {
        const { pending } = await staffCall<{ pending: boolean }>(site.url, 'GET', 'status');
        isPending = pending;
      });
      waits.push(wait);
      if (!isPending) isPending = (await (await fetch(new URL('/bench/outdated', site.url))).json()) !== 0;
    }
    await tick;
  });
  const longest = (clock: keyof Times) => Math.max(...waits.map((wait) => wait[clock]));
  return { longestMs: longest('ms'), longestCpuMs: longest('cpuMs'), allMs };
}
