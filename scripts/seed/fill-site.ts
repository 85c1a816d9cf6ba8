import { createHash } from 'node:crypto';
import { COLLECTIONS, type Collection, seedFormOf } from '../../worker/model/collections/registry.ts';
import { canonicalJson } from '../../worker/model/ledger.ts';
import { NAMED_KINDS } from '../../worker/model/named-contacts.ts';
import type { Fault } from '../../worker/model/problem.ts';
import type { SeedItem } from './read-items.ts';
import type { Seed } from './read-seed.ts';
import { type Staff, StaffRefusal } from './staff-client.ts';

/**
 * Days of figures, and items, in one call. About fifteen calls in all: progress is visible, and little is lost if one
 * fails.
 */
const DAYS_A_CALL = 140;
const ITEMS_A_CALL = 50;
/** Characters of items in one call. UTF-8 takes at most 3 bytes for each, so a call is below the endpoint's 1 MiB. */
const CHARACTERS_A_CALL = 300_000;

/** The result of a fill: the site is filled now, or it was already open and is unchanged. */
export type Filled = 'filled' | 'already-open';

/** `label` names the call in the lines of progress. */
type Call = { readonly label: string; readonly run: () => Promise<unknown> };

/**
 * Fills a site that is not open yet, and opens it as the last step. Continues an interrupted fill: figures that the
 * site already has change nothing, and items that it already has are not added again.
 * @param origin the beginning of the site's absolute addresses
 * @param report receives one line of progress at a time
 * @throws StaffRefusal that names the seed's file if the staff endpoint refuses a part of the seed; Error if the site
 * has other items in a collection in which the seed's items link to each other by id
 */
export async function fillSite(
  seed: Seed,
  staff: Staff,
  origin: string,
  report: (line: string) => void,
): Promise<Filled> {
  const current = await staff.site();
  if (current?.open) return 'already-open';
  const site = { ...seed.site, origin };
  const put = (open: boolean) => () => staff.call('PUT', '/site', { ...site, open });
  // A site without settings has no collections to read yet.
  const existing = current ? await existingItems(seed, staff) : new Set<string>();
  const calls: readonly Call[] = [
    { label: 'settings, agencies and metrics', run: put(false) },
    ...figureCalls(seed, staff),
    ...COLLECTIONS.flatMap((collection) => itemCalls(collection, seed, staff, existing)),
    { label: 'open to the public', run: put(true) },
  ];
  for (const [i, { label, run }] of calls.entries()) {
    report(`seed ${i + 1}/${calls.length}: ${label}`);
    await run();
  }
  return 'filled';
}

function figureCalls({ figures }: Seed, staff: Staff): readonly Call[] {
  return chunks(figures.days, DAYS_A_CALL).map((days) => ({
    label: `figures ${days[0]?.date} to ${days.at(-1)?.date}`,
    run: () =>
      importing(
        staff,
        { figures: [figures.header, ...days.map((d) => d.csv), ''].join('\n') },
        ({ detail, params }) => {
          // The endpoint names a row of the CSV in this call, where the header is row 1.
          const day = days[Number(params?.row ?? 0) - 2];
          return `${figures.from}, ${day ? detail.replace(/\brow \d+/, `line ${day.line}`) : detail}`;
        },
      ),
  }));
}

function itemCalls(
  collection: Collection,
  seed: Seed,
  staff: Staff,
  existing: ReadonlySet<string>,
): readonly Call[] {
  const missing = seed.items[collection].filter((item) => !existing.has(identity(collection, item)));
  return batches(missing).map((items) => ({
    label: rangeLabel(collection, items, missing),
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

function rangeLabel(collection: Collection, items: readonly SeedItem[], all: readonly SeedItem[]): string {
  const offset = items[0] ? all.indexOf(items[0]) : 0;
  return `${collection} ${offset + 1} to ${offset + items.length} of ${all.length}`;
}

/** Sends an import. `describe` words a fault of a refusal with its place in the seed. */
async function importing(staff: Staff, body: unknown, describe: (fault: Fault) => string): Promise<void> {
  const text = canonicalJson(body);
  const key = `seed-${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
  try {
    await staff.call('POST', '/import', body, key);
  } catch (error) {
    throw error instanceof StaffRefusal ? error.describedBy(describe) : error;
  }
}

/** The identities of the items that the site already has. */
async function existingItems(seed: Seed, staff: Staff): Promise<ReadonlySet<string>> {
  const existing = new Set<string>();
  for (const collection of COLLECTIONS) {
    const seedItems = seed.items[collection].map((item) => identity(collection, item));
    const form = seedFormOf(collection);
    const links = form.kind === 'files' ? Object.entries(form.facts).filter(([, as]) => as === 'file') : [];
    const linked =
      seed.items[collection].some(({ content }) => links.some(([fact]) => fact in content)) ||
      (collection === 'contacts' && NAMED_KINDS.some((kind) => kind in seed.site));
    for (const item of await staff.items(collection)) {
      const itemIdentity = identity(collection, item);
      // The seed assumes that its nth item gets the id n. With another item under that id, links would be wrong.
      if (linked && seedItems[Number(item.id) - 1] !== itemIdentity)
        throw new Error(
          `${collection}/${item.id} on the site differs from the seed's item: fill an empty site instead`,
        );
      existing.add(itemIdentity);
    }
  }
  return existing;
}

const identity = (collection: Collection, { agency, content }: { agency: unknown; content: unknown }) =>
  canonicalJson([collection, agency, content ?? null]);

const chunks = <T>(list: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));

/** Splits items into calls, limited by ITEMS_A_CALL and CHARACTERS_A_CALL. Keeps their order. */
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
