import { setTimeout as sleep } from 'node:timers/promises';
import { bodyBytes } from './body-bytes.ts';
import { atMost, type Measured, median, type Reference } from './figure.ts';
import { besideTenth, type Grown, inTurns, publish, putToSleep, type Times, timed } from './grown.ts';
import { HOME_BOUND } from './page-bytes.ts';
import { measureRelease } from './release-size.ts';
import { staffCall } from './site-in-miniflare.ts';

const KIB = 1024;
const MIB = 2 ** 20;
const WAKES = 7;

/** The release as KV holds it (a value may have 25 MiB), and in a reader's memory (an isolate has 128 MiB). */
export async function measureSizes(all: Grown, tenth: Grown): Promise<readonly Measured[]> {
  const measure = async ({ site }: Grown) => measureRelease(await site.getKVNamespace('BULLETIN'));
  const [mine, other] = [await measure(all), await measure(tenth)];
  const memory = 'memory of a reader: the release loaded, ready to answer';
  return [
    atMost(
      'release, as KV holds it',
      mine.releaseBytes / KIB,
      25 * KIB,
      'KiB',
      besideTenth(other.releaseBytes / KIB),
    ),
    atMost(memory, mine.readerBytes / MIB, 128, 'MiB', besideTenth(other.readerBytes / MIB)),
  ];
}

/** The home pages of the grown site beside the seeded one's, which `before` holds. */
export function measureHomePages({ url }: Grown, before: readonly Measured[]): Promise<readonly Measured[]> {
  const languages = { ar: 'Arabic', en: 'English', fr: 'a third language' };
  return Promise.all(
    Object.entries(languages).map(async ([tag, language]) => {
      const seeded = before.find(({ name }) => name.startsWith(`home page, ${language},`));
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
 * The Newsroom woken after sleep: by a question, to its answer, and by a figure, to its release.
 * @param from how many figures were published before: others follow
 */
export async function measureWaking(all: Grown, tenth: Grown, from: number): Promise<readonly Measured[]> {
  const times = new Map([all, tenth].map((site) => [site, { answer: [] as Times[], figure: [] as Times[] }]));
  await inTurns([all, tenth], WAKES, async (site, i) => {
    const of = times.get(site);
    await putToSleep(site);
    of?.answer.push(await timed(site, () => staffCall(site.url, 'GET', 'whoami')));
    await putToSleep(site);
    of?.figure.push(await timed(site, () => publish(site, 'a figure', from + i)));
  });
  const line = (name: string, of: 'answer' | 'figure', what: keyof Times, bound: number, unit: string) => {
    const middle = (site: Grown) => median((times.get(site)?.[of] ?? []).map((t) => t[what]));
    return atMost(name, middle(all), bound, unit, besideTenth(middle(tenth)));
  };
  return [
    line('Newsroom woken after sleep, 20,000 entries, to its first answer', 'answer', 'ms', 100, 'ms'),
    line('the same in processor time', 'answer', 'cpuMs', 100, 'ms of CPU'),
    line('Newsroom woken by a figure, to its release', 'figure', 'ms', 500, 'ms'),
    line('the same in processor time', 'figure', 'cpuMs', 500, 'ms of CPU'),
  ];
}

/**
 * A deploy with new templates: how long a staff call may have to wait while all is rendered anew in steps, beside what
 * a publish may take, and how long until all is public. The design sets no bound to either.
 */
export async function measureNewTemplates(all: Grown, tenth: Grown): Promise<readonly Measured[]> {
  const [mine, other] = [await renderAnew(all), await renderAnew(tenth)];
  const budget = { value: 500, against: 'what a publish may take' };
  const line = (name: string, value: number, unit: string, reference: Reference): Measured => ({
    ...atMost(name, value, Number.POSITIVE_INFINITY, unit, reference),
    bound: 'none',
  });
  return [
    line(
      'the longest a staff call waits while new templates render (for the record)',
      mine.longestMs,
      'ms',
      budget,
    ),
    line('the same in processor time', mine.longestCpuMs, 'ms of CPU', budget),
    line('new templates, until all is public (for the record)', mine.allMs, 'ms', besideTenth(other.allMs)),
  ];
}

type Rendering = { readonly longestMs: number; readonly longestCpuMs: number; readonly allMs: number };

async function renderAnew(site: Grown): Promise<Rendering> {
  await sleep(1000); // the flip before this one is past
  await fetch(new URL('/bench/outdate', site.url));
  await putToSleep(site);
  const waits: Times[] = [];
  const { ms: allMs } = await timed(site, async () => {
    const tick = staffCall(site.url, 'POST', 'tick');
    for (let left = true; left; ) {
      await sleep(2);
      const wait = await timed(site, async () => {
        const { pending } = await staffCall<{ pending: boolean }>(site.url, 'GET', 'status');
        left = pending;
      });
      waits.push(wait);
      if (!left) left = (await (await fetch(new URL('/bench/outdated', site.url))).json()) !== 0;
    }
    await tick;
  });
  const longest = (what: keyof Times) => Math.max(...waits.map((wait) => wait[what]));
  return { longestMs: longest('ms'), longestCpuMs: longest('cpuMs'), allMs };
}
