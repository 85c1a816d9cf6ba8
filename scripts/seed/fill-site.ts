import { createHash } from 'node:crypto';
import { COLLECTIONS, type Collection, seedFormOf } from '../../worker/model/collections/registry.ts';
import { canonicalJson } from '../../worker/model/ledger.ts';
import type { Fault } from '../../worker/model/problem.ts';
import type { SeedItem } from './read-items.ts';
import type { Seed } from './read-seed.ts';
import { type Staff, StaffRefusal } from './staff-client.ts';

/** Days of figures, and items, in one call: about fifteen calls in all, so that progress shows and a cut costs little. */
const DAYS_A_CALL = 140;
const ITEMS_A_CALL = 50;
/** Characters of items in one call: at most 3 bytes each in UTF-8, so a call stays below the endpoint's 1 MiB. */
const CHARACTERS_A_CALL = 300_000;

/** What came of filling a site: it was empty or half filled, or it was open already and was left alone. */
export type Filled = 'filled' | 'already-open';

type Call = { readonly says: string; readonly run: () => Promise<unknown> };

/**
 * Fills a site that is not open yet, and opens it as the last step. A fill that was cut short goes on: figures that
 * are there already change nothing, and items that are there already are not added again.
 * @param origin what absolute addresses of the site begin with
 * @param report takes one line of progress at a time
 * @throws StaffRefusal worded with the seed's file where the staff endpoint refuses a part of it, Error where the site
 * holds other items where the seed's name each other by id
 */
export async function fillSite(
  seed: Seed,
  staff: Staff,
  origin: string,
  report: (line: string) => void,
): Promise<Filled> {
  const before = await staff.site();
  if (before?.open) return 'already-open';
  const site = { ...seed.site, origin };
  const put = (open: boolean) => () => staff.call('PUT', '/site', { ...site, open });
  // Items are looked up only once there are settings: before, there is no collection to ask.
  const there = before ? await itemsThere(seed, staff) : new Set<string>();
  const calls: readonly Call[] = [
    { says: 'settings, agencies and metrics', run: put(false) },
    ...figureCalls(seed, staff),
    ...COLLECTIONS.flatMap((collection) => itemCalls(collection, seed, staff, there)),
    { says: 'open to the public', run: put(true) },
  ];
  for (const [i, { says, run }] of calls.entries()) {
    report(`seed ${i + 1}/${calls.length}: ${says}`);
    await run();
  }
  return 'filled';
}

function figureCalls({ figures }: Seed, staff: Staff): readonly Call[] {
  return chunks(figures.days, DAYS_A_CALL).map((days) => ({
    says: `figures ${days[0]?.date} to ${days.at(-1)?.date}`,
    run: () =>
      importing(
        staff,
        { figures: [figures.header, ...days.map((d) => d.csv), ''].join('\n') },
        ({ detail }) => {
          // The endpoint names a line of what it was sent, in which the header is line 1.
          const sent = Number(/^line (\d+)/.exec(detail)?.[1] ?? 0);
          const day = days[sent - 2];
          return `${figures.from}, ${day ? detail.replace(/^line \d+/, `line ${day.line}`) : detail}`;
        },
      ),
  }));
}

function itemCalls(
  collection: Collection,
  seed: Seed,
  staff: Staff,
  there: ReadonlySet<string>,
): readonly Call[] {
  const missing = seed.items[collection].filter((item) => !there.has(identity(collection, item)));
  return batches(missing).map((items) => ({
    says: rangeSaid(collection, items, missing),
    run: () =>
      importing(
        staff,
        { collection, items: items.map(({ from: _, ...item }) => item) },
        ({ pointer, detail }) => {
          const [, index, rest] = /^#\/items\/(\d+)\/?(.*)$/.exec(pointer) ?? [];
          const item = items[Number(index)];
          return `${item ? [item.from, rest].filter(Boolean).join(', ') : pointer}: ${detail}`;
        },
      ),
  }));
}

function rangeSaid(collection: Collection, items: readonly SeedItem[], all: readonly SeedItem[]): string {
  const before = items[0] ? all.indexOf(items[0]) : 0;
  return `${collection} ${before + 1} to ${before + items.length} of ${all.length}`;
}

async function importing(staff: Staff, body: unknown, told: (fault: Fault) => string): Promise<void> {
  const text = canonicalJson(body);
  const key = `seed-${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
  try {
    await staff.call('POST', '/import', body, key);
  } catch (error) {
    throw error instanceof StaffRefusal ? error.placed(told) : error;
  }
}

async function itemsThere(seed: Seed, staff: Staff): Promise<ReadonlySet<string>> {
  const there = new Set<string>();
  for (const collection of COLLECTIONS) {
    const own = seed.items[collection].map((item) => identity(collection, item));
    const form = seedFormOf(collection);
    const links = form.kind === 'files' ? Object.entries(form.facts).filter(([, as]) => as === 'file') : [];
    const linked = seed.items[collection].some(({ content }) => links.some(([fact]) => fact in content));
    for (const item of await staff.items(collection)) {
      const known = identity(collection, item);
      // The seed gives its nth item the id n: with another item in its place, links would lead to the wrong ones.
      if (linked && own[Number(item.id) - 1] !== known)
        throw new Error(`${collection}/${item.id} on the site is not the seed's: fill an empty site instead`);
      there.add(known);
    }
  }
  return there;
}

const identity = (collection: Collection, { agency, content }: { agency: unknown; content: unknown }) =>
  canonicalJson([collection, agency, content ?? null]);

const chunks = <T>(list: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));

/** Items in the order given, cut into calls by their number and their size. */
function batches(items: readonly SeedItem[]): readonly (readonly SeedItem[])[] {
  const all: SeedItem[][] = [];
  let characters = 0;
  for (const item of items) {
    const size = JSON.stringify(item).length;
    const last = all.at(-1);
    if (last && last.length < ITEMS_A_CALL && characters + size <= CHARACTERS_A_CALL) {
      last.push(item);
      characters += size;
    } else {
      all.push([item]);
      characters = size;
    }
  }
  return all;
}
