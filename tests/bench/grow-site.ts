import type { Seed } from '../../scripts/seed/read-seed.ts';
import { addDays, type CivilDate } from '../../worker/model/civil-date.ts';
import type { Collection, Content } from '../../worker/model/collections/registry.ts';
import type { Metric, Site } from '../../worker/model/site.ts';
import type { Writer } from './grown-content.ts';
import { chanceOf } from './like-text.ts';
import { staffCall, staffCalls } from './site-in-miniflare.ts';
import type { Call } from './staff-call.ts';

/** How much a site has behind it. */
export type Size = {
  readonly years: number;
  /** What is public of each collection; none of one that is not named. */
  readonly items: { readonly [C in Collection]?: number };
  /** The ledger's length. */
  readonly entries: number;
  /** Entries that edit an item, and that withdraw one. */
  readonly edits: number;
  readonly withdrawals: number;
};

const METRICS = 20;
const TOTALS = 3;
/** Each day's figures come in by so many calls: one an agency. */
const CALLS_A_DAY = 4;
/** Collections that tell of days and are added to item by item; the others tell how things stand, and are imported. */
const POSTED = ['news', 'decisions', 'rumours'] as const;
const IMPORTED = ['faq', 'guidance', 'plan', 'contacts'] as const;
/**
 * Calls that come in at once and share a publish, of which there is one a second at most. Each waits with a timer, of
 * which workerd lets an object have 10,000.
 */
const AT_ONCE = 1000;

type Posted = { readonly path: string; readonly content: Content };

/**
 * Grows a site by the calls its staff would have made: settings, four reports of figures a day, items one by one or
 * imported, edits, withdrawals, and corrections of figures until the ledger has the length that was asked for. A call
 * makes one entry, and each is decided, hashed and published as any other.
 * @param today the last day that has figures; items are spread evenly over the years before it
 * @throws where a call is refused, or the ledger is not as long as it should be
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
  await staffCall(url, 'PUT', 'site', site);
  let entries = 1;
  const each = async (count: number, callOf: (i: number) => Call) => {
    const answers: { readonly id: string }[] = [];
    const calls = Array.from({ length: count }, (_, i) => callOf(i));
    for (let i = 0; i < count; i += AT_ONCE)
      answers.push(...(await staffCalls(url, calls.slice(i, i + AT_ONCE))));
    entries += count;
    return answers;
  };

  const reports = entered(site).map((metric, m) => ({ metric: metric.id, call: m % CALLS_A_DAY }));
  await each(days * CALLS_A_DAY, (i) => {
    const day = Math.floor(i / CALLS_A_DAY);
    const own = reports.filter((report) => report.call === i % CALLS_A_DAY);
    const values = Object.fromEntries(own.map(({ metric }) => [metric, figure(metric, day)]));
    return ['PUT', `statistics/${dates[day]}`, { values }];
  });

  await each(IMPORTED.length, (k) => {
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
    const answers = await each(count, (i) => ['POST', collection, contents[i]]);
    posted.push(
      ...answers.flatMap(({ id }, i) => {
        const content = contents[i];
        return content ? [{ path: `${collection}/${id}`, content }] : [];
      }),
    );
  }

  await each(size.withdrawals, (i) => ['DELETE', posted[i]?.path ?? '', { reason: 'Published by mistake' }]);
  const standing = posted.slice(size.withdrawals);
  await each(size.edits, (i) => {
    const k = (i * 7) % standing.length;
    const body = { content: edited(standing, k, i), reason: `Correction ${i}` };
    return ['PUT', standing[k]?.path ?? '', body];
  });
  await each(size.entries - entries, (i) => {
    const day = (i * 7919) % days;
    const { metric } = reports[i % reports.length] ?? { metric: '' };
    const values = { [metric]: figure(metric, day) + 1 + i };
    return ['PUT', `statistics/${dates[day]}`, { values, reason: `Counted anew, ${i}` }];
  });

  const status = await staffCall<{ entries: number }>(url, 'GET', 'status');
  if (status.entries !== size.entries)
    throw new Error(`the ledger has ${status.entries} entries for ${size.entries}`);
}

/** The seed's settings, in three languages, with 20 metrics: flows, levels, and totals of the first flows. */
function grownSite(seed: Site, firstDate: CivilDate): Site {
  const label = (i: number) => ({ ar: `مؤشر ${i}`, en: `Metric ${i}`, fr: `Indicateur ${i}` });
  const metrics = Array.from({ length: METRICS }, (_, i) => {
    const base = { id: `m${i}`, label: label(i), tone: 'neutral' };
    return i < METRICS - TOTALS
      ? { ...base, kind: i % 2 ? 'level' : 'flow', agencies: [seed.operator] }
      : { ...base, kind: 'total', of: `m${2 * (METRICS - 1 - i)}`, opening: 0 };
  });
  const languages = [...seed.languages, { tag: 'fr', locale: 'fr-FR' }];
  return { ...seed, metrics: metrics as unknown as readonly Metric[], open: true, firstDate, languages };
}

const entered = (site: Site): readonly Metric[] => site.metrics.filter((metric) => metric.kind !== 'total');

/** A figure of a metric `m…` on a day: waves of some months, as epidemics come in, and a tenth of noise. */
function figure(metric: string, day: number): number {
  const m = Number(metric.slice(1));
  const wave = 1 + Math.sin(day / 40 + m);
  return Math.round(1000 * wave * (0.95 + 0.1 * chanceOf(day * 100 + m)()));
}

// Every other edit of a decision says which one it takes the place of: a third of all do so, as in the seed. Other edits
// rewrite what the item is called.
function edited(items: readonly Posted[], k: number, i: number): unknown {
  const content = items[k]?.content ?? {};
  const earlier = /^decisions\/(.+)$/.exec(items[k - 1]?.path ?? '')?.[1];
  if ('issuer' in content && earlier !== undefined && i % 2 === 0) return { ...content, replaces: earlier };
  const text = { ar: `عنوان صُحح ${i}`, en: `A corrected title ${i}`, fr: `Un titre corrigé ${i}` };
  return { ...content, ['claim' in content ? 'claim' : 'title']: text };
}
