import type { Seed } from '../../scripts/seed/read-seed.ts';
import { addDays, type CivilDate } from '../../worker/model/civil-date.ts';
import type { Collection, Content } from '../../worker/model/collections/registry.ts';
import type { Metric, Site } from '../../worker/model/site.ts';
import { chanceOf } from '../chance.ts';
import type { Writer } from './grown-content.ts';
import { staffCall, staffCalls } from './site-in-miniflare.ts';
import type { Call } from './staff-call.ts';

/** How much history a site has. */
export type Size = {
  readonly years: number;
  /** The number of public items of each collection; 0 where none is named. */
  readonly items: { readonly [C in Collection]?: number };
  /** The number of entries in the ledger. */
  readonly entries: number;
  /** The number of entries that edit an item. */
  readonly edits: number;
  /** The number of entries that withdraw an item. */
  readonly withdrawals: number;
};

const METRICS = 20;
const TOTALS = 3;
/** The calls that report a day's figures, as if each came from another agency. */
const CALLS_A_DAY = 4;
/** Collections of dated items, which are posted one by one. The others describe the present and are imported. */
const POSTED = ['news', 'decisions', 'rumours'] as const;
const IMPORTED = ['faq', 'guidance', 'plan', 'contacts'] as const;
/**
 * Calls that are sent at once and share a publish, because there is at most one publish a second. Each call waits with
 * a timer, and workerd allows an object 10,000 timers.
 */
const AT_ONCE = 1000;

type Posted = { readonly path: string; readonly content: Content };

/**
 * Fills a site by the calls that its staff would make: settings, four reports of figures a day, items (posted or
 * imported), withdrawals, edits, and corrections of figures until the ledger has `size.entries`. Each call makes one
 * entry, which is checked, hashed and published like any other.
 * @param today the last date with figures; items are spread evenly over the years before it
 * @throws Error where a call is refused, or the ledger has another number of entries
 */
export async function growSite(
  url: URL,
  seed: Seed,
  write: Writer,
  size: Size,
  today: CivilDate,
): Promise<void> {
  const days = size.years * 365;
  const dates = Array.from({ length: days }, (_, i) => addDays(today, i + 1 - days));
  const site = grownSite(seed.site, dates[0] ?? today);
  // Not open yet, so that nobody is asked about figures that come in any order.
  await staffCall(url, 'PUT', 'site', { ...site, open: false });
  let entries = 2; // with the settings that open the site
  const sendAll = async (count: number, callOf: (i: number) => Call) => {
    const answers: { readonly id: string }[] = [];
    const calls = Array.from({ length: count }, (_, i) => callOf(i));
    for (let i = 0; i < count; i += AT_ONCE)
      answers.push(...(await staffCalls(url, calls.slice(i, i + AT_ONCE))));
    entries += count;
    return answers;
  };

  const reports = reportedMetrics(site).map((metric, m) => ({ metric: metric.id, call: m % CALLS_A_DAY }));
  await sendAll(days * CALLS_A_DAY, (i) => {
    const day = Math.floor(i / CALLS_A_DAY);
    const metricsOfCall = reports.filter((report) => report.call === i % CALLS_A_DAY);
    const values = Object.fromEntries(metricsOfCall.map(({ metric }) => [metric, figure(metric, day)]));
    return ['PUT', `statistics/${dates[day]}`, { values }];
  });
  await staffCall(url, 'PUT', 'site', site);

  await sendAll(IMPORTED.length, (k) => {
    const collection = IMPORTED[k] ?? 'faq';
    const items = Array.from({ length: size.items[collection] ?? 0 }, (_, i) => ({
      agency: site.operator,
      content: write(collection, i, today),
    }));
    return ['POST', 'import', { collection, items }];
  });
  const posted: Posted[] = [];
  for (const collection of POSTED) {
    const count = (size.items[collection] ?? 0) + (collection === 'news' ? size.withdrawals : 0);
    const contents = Array.from({ length: count }, (_, i) =>
      write(collection, i, dates[Math.floor((i * days) / count)] ?? today),
    );
    const answers = await sendAll(count, (i) => ['POST', collection, contents[i]]);
    posted.push(
      ...answers.flatMap(({ id }, i) => {
        const content = contents[i];
        return content ? [{ path: `${collection}/${id}`, content }] : [];
      }),
    );
  }

  await sendAll(size.withdrawals, (i) => [
    'DELETE',
    posted[i]?.path ?? '',
    { reason: 'Published by mistake' },
  ]);
  const remaining = posted.slice(size.withdrawals);
  await sendAll(size.edits, (i) => {
    const k = (i * 7) % remaining.length;
    const body = { content: edited(remaining, k, i), reason: `Correction ${i}` };
    return ['PUT', remaining[k]?.path ?? '', body];
  });
  await sendAll(size.entries - entries, (i) => {
    const day = (i * 7919) % days;
    const { metric } = reports[i % reports.length] ?? { metric: '' };
    const values = { [metric]: figure(metric, day) + 1 + (i % 9) };
    return ['PUT', `statistics/${dates[day]}`, { values, reason: `Counted again, ${i}` }];
  });

  const status = await staffCall<{ entries: number }>(url, 'GET', 'status');
  if (status.entries !== size.entries)
    throw new Error(`the ledger has ${status.entries} entries, not ${size.entries}`);
}

/**
 * The seed's settings with a third language and 20 metrics of its own: flows, levels, and totals of the first flows.
 */
function grownSite(seed: Site, firstDate: CivilDate): Site {
  const label = (i: number) => ({ ar: `مؤشر ${i}`, en: `Metric ${i}`, fr: `Indicateur ${i}` });
  const metrics = Array.from({ length: METRICS }, (_, i) => {
    const base = { id: `m${i}`, label: label(i), tone: 'neutral' };
    return i < METRICS - TOTALS
      ? { ...base, kind: i % 2 ? 'level' : 'flow', agencies: [seed.operator] }
      : { ...base, kind: 'total', of: `m${2 * (METRICS - 1 - i)}`, opening: 0 };
  });
  const languages = [...seed.languages, { tag: 'fr', locale: 'fr-FR' }];
  const limits = { topicItems: 100 };
  return {
    ...seed,
    metrics: metrics as unknown as readonly Metric[],
    open: true,
    firstDate,
    languages,
    limits,
  };
}

/** The metrics that staff report; totals are derived. */
const reportedMetrics = (site: Site): readonly Metric[] =>
  site.metrics.filter((metric) => metric.kind !== 'total');

/** A figure of metric `m…` on a day: waves of some months, as in an epidemic, with 5% of noise up or down. */
export function figure(metric: string, day: number): number {
  const m = Number(metric.slice(1));
  const wave = 1 + Math.sin(day / 40 + m);
  return Math.round(1000 * wave * (0.95 + 0.1 * chanceOf(day * 100 + m)()));
}

/**
 * The content of item `k` after edit `i`. Every second edit of a decision sets `replaces`, so that a third of the
 * decisions replace one, as in the seed. Other edits change the heading.
 */
function edited(items: readonly Posted[], k: number, i: number): unknown {
  const content = items[k]?.content ?? {};
  const earlier = /^decisions\/(.+)$/.exec(items[k - 1]?.path ?? '')?.[1];
  if ('issuer' in content && earlier !== undefined && i % 2 === 0) return { ...content, replaces: earlier };
  const text = { ar: `عنوان صُحح ${i}`, en: `A corrected title ${i}`, fr: `Un titre corrigé ${i}` };
  return { ...content, ['claim' in content ? 'claim' : 'title']: text };
}
