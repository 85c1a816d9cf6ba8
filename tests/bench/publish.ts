import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Measured, median, round } from './figure.ts';
import { measureRelease } from './release-size.ts';
import { staffCall, startCountingSite } from './site-in-miniflare.ts';

const METRICS = 20;
/** Items in one import: a call takes 1 MiB. */
const ITEMS_A_CALL = 400;
const ROUNDS = 25;
/** The ledger's length when waking is measured. */
const ENTRIES = 20_000;
/** KV takes one write a second to `current`: a publish that need not wait is measured after longer than that. */
const PACE_MS = 1200;

type Size = { readonly years: number; readonly items: number };
type Kv = { readonly get: number; readonly put: number; readonly delete: number };

/**
 * Publishing, from the staff call to its answer, which comes when the release is in KV: with ten years of 20 metrics
 * and 2,000 items, and with a tenth of that. A figure rewrites the whole-series files; news does not.
 */
export async function measurePublish(): Promise<readonly Measured[]> {
  const full = await measureSize({ years: 10, items: 2000 });
  const tenth = await measureSize({ years: 1, items: 200 });
  return [
    atMost('publish a figure, 10 years x 20 metrics, 2,000 items, 3 languages', full.figureMs, 500, 'ms'),
    {
      name: 'publish news without the series, all history against a tenth of it',
      value: round(full.newsMs),
      unit: 'ms',
      reference: round(tenth.newsMs),
      ratio: round(full.newsMs / tenth.newsMs, 2),
      bound: 'ratio <= 1.3',
      ok: full.newsMs / tenth.newsMs <= 1.3,
    },
    atMost('KV writes of a publish that changes a figure', full.figureWrites, 8, 'writes'),
    atMost('KV writes of a publish that adds news', full.newsWrites, 8, 'writes'),
    atMost('release, as KV holds it', full.releaseBytes / 1024, 25 * 1024, 'KiB'),
    atMost('memory of a reader: the release loaded, ready to answer', full.readerBytes / 2 ** 20, 128, 'MiB'),
    atMost('Newsroom woken after sleep, 20,000 entries, to its first answer', full.wakeMs, 100, 'ms'),
  ];
}

const atMost = (name: string, value: number, bound: number, unit: string): Measured => ({
  name,
  value: round(value),
  unit,
  bound: `<= ${bound} ${unit}`,
  ok: value <= bound,
});

async function measureSize(size: Size) {
  const { site, url } = await startCountingSite();
  try {
    await fill(url, size);
    const figure = await rounds(url, (i) =>
      staffCall(url, 'PUT', 'statistics/2020-03-01', { values: { m0: 1000 + i }, reason: 'bench' }),
    );
    const news = await rounds(url, (i) => staffCall(url, 'POST', 'news', { ...item(i), date: '2020-03-01' }));
    const release = await measureRelease(await site.getKVNamespace('BULLETIN'));
    await fetch(new URL(`/bench/entries/${ENTRIES}`, url));
    const wake: number[] = [];
    for (let i = 0; i < 5; i++) {
      await site.unsafeEvictDurableObject('bench', 'Newsroom', { name: 'newsroom' });
      const start = performance.now();
      await staffCall(url, 'GET', 'whoami');
      wake.push(performance.now() - start);
    }
    return {
      figureMs: figure.ms,
      figureWrites: figure.writes,
      newsMs: news.ms,
      newsWrites: news.writes,
      wakeMs: median(wake),
      ...release,
    };
  } finally {
    await site.dispose();
  }
}

async function rounds(url: URL, act: (i: number) => Promise<unknown>) {
  const times: number[] = [];
  let writes = 0;
  for (let i = 0; i < ROUNDS; i++) {
    await sleep(PACE_MS);
    await fetch(new URL('/bench/kv', url));
    const start = performance.now();
    await act(i);
    times.push(performance.now() - start);
    const kv = (await (await fetch(new URL('/bench/kv', url))).json()) as Kv;
    writes = Math.max(writes, kv.put + kv.delete);
  }
  return { ms: median(times), writes };
}

/** Kuwait's settings in three languages with 20 metrics, and made-up figures and items: only their number and size matter here. */
async function fill(url: URL, { years, items }: Size): Promise<void> {
  const site = JSON.parse(readFileSync('kv-seed/site.json', 'utf8'));
  const label = (i: number) => ({ ar: `مؤشر ${i}`, en: `Metric ${i}`, fr: `Indicateur ${i}` });
  site.metrics = Array.from({ length: METRICS }, (_, i) => ({
    id: `m${i}`,
    kind: i % 2 ? 'level' : 'flow',
    agencies: [site.operator],
    label: label(i),
    tone: 'neutral',
  }));
  const languages = [...site.languages, { tag: 'fr', locale: 'fr-FR' }];
  Object.assign(site, { open: true, firstDate: '2010-01-01', languages });
  await staffCall(url, 'PUT', 'site', site);
  const header = `date,${site.metrics.map((m: { id: string }) => m.id).join(',')}`;
  const last = Date.UTC(2020, 2, 1);
  const lines = Array.from({ length: years * 365 }, (_, i) => {
    const date = new Date(last - i * 86_400_000).toISOString().slice(0, 10);
    return `${date},${site.metrics.map((_: unknown, m: number) => (i * 37 + m * 101) % 2000).join(',')}`;
  });
  await staffCall(url, 'POST', 'import', { figures: [header, ...lines].join('\n') });
  for (let from = 0; from < items; from += ITEMS_A_CALL)
    await staffCall(url, 'POST', 'import', {
      collection: 'news',
      items: Array.from({ length: Math.min(ITEMS_A_CALL, items - from) }, (_, i) => ({
        agency: site.operator,
        content: item(from + i),
      })),
    });
}

const item = (i: number) => ({
  title: {
    ar: `خبر رقم ${i} عن سير الأعمال في البلاد`,
    en: `News number ${i} on how things go`,
    fr: `La nouvelle ${i} sur la marche des choses`,
  },
  body: {
    ar: 'نص الخبر في جملتين. '.repeat(8),
    en: 'The body of the news in two sentences. '.repeat(8),
    fr: 'Le texte de la nouvelle en deux phrases. '.repeat(8),
  },
  date: new Date(Date.UTC(2010, 0, 1) + ((i * 7919) % 3600) * 86_400_000).toISOString().slice(0, 10),
});
