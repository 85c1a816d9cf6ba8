import { runInDurableObject } from 'cloudflare:test';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COLLECTIONS, type Collection } from '../../../worker/model/collections/registry.ts';
import type { Item } from '../../../worker/model/item.ts';
import type { MemoryRows } from '../../../worker/model/memory-rows.ts';
import { templates } from '../../../worker/newsroom/templates.ts';
import { advanceClock } from '../clock.ts';
import { CONTENT_EXAMPLES } from '../content-examples.ts';
import { emptySite } from '../empty-site.ts';
import { IS_TEST_LONG } from '../is-test-long.ts';
import { expectKvMatchesBulletin } from '../kv-matches-bulletin.ts';
import { storedAndFolded } from '../ledger-rows.ts';
import { loadedBulletin } from '../loaded-rows.ts';
import { newsroom, setUpSite, staff } from '../staff-client.ts';

const value = fc.oneof({ weight: 4, arbitrary: fc.nat(3000) }, { weight: 1, arbitrary: fc.constant(null) });
/** A figure alone, or with what else is known of it. */
const cell = fc.oneof(
  { weight: 5, arbitrary: value },
  fc.constant({ value: null, state: 'not-reported' }),
  fc.record({ value: fc.nat(3000), at: fc.constantFrom('06:00', '18:00') }),
  fc.record({ value: fc.nat(3000), note: fc.constant({ ar: 'ملاحظة' }) }),
);
const date = fc.nat(9).map((day) => `2020-03-${String(day + 1).padStart(2, '0')}`);
const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .map((s) => `t${s.replace(/\p{C}/gu, '')}`);
const id = fc.nat(2).map((n) => n + 1);
// Decisions are more frequent, because their pages show each other.
const collection = fc.constantFrom(...COLLECTIONS, 'decisions', 'decisions', 'decisions', 'decisions');
/** A day in one of five months, so that some months are in the archive. */
const itemDate = fc.record({ month: fc.nat(4), day: fc.nat(27) }).map(({ month, day }) => {
  const two = (n: number) => String(n + 1).padStart(2, '0');
  return `2020-${two(month)}-${two(day)}`;
});

/** A content of a collection with all fields or only the required ones, and with random headings and dates. */
const contentOf = (collection: Collection) =>
  fc
    .record({
      ar: text,
      en: text,
      date: itemDate,
      order: fc.nat(5),
      whole: fc.boolean(),
      replaces: fc.option(id),
      until: fc.option(fc.constantFrom('2020-03-05T00:00:00Z', '2199-01-01T00:00:00Z')),
    })
    .map(({ ar, en, whole, replaces, until, ...dateAndOrder }) => {
      const { least, full } = CONTENT_EXAMPLES[collection];
      const presentFields = Object.fromEntries(
        Object.entries(dateAndOrder).filter(([field]) => field in (whole ? full : least)),
      );
      return {
        ...(whole ? full : least),
        ...presentFields,
        [HEADINGS.find((field) => field in least) ?? '']: { ar, en },
        ...(collection === 'decisions' && replaces ? { replaces: String(replaces) } : {}),
        ...(collection === 'news' && until ? { breaking: { until } } : {}),
      };
    });
const HEADINGS = ['title', 'claim', 'question', 'name'];
const content = collection.chain((collection) => contentOf(collection).map((body) => ({ collection, body })));
const imported = collection.chain((collection) =>
  fc.array(contentOf(collection), { maxLength: 4 }).map((contents) => ({
    collection,
    items: contents.map((content) => ({ agency: 'it', content })),
  })),
);

/** What an erasure names: nothing, for the whole entry, or parts that the entry may have. */
const erasedParts = fc.oneof(
  fc.constant({}),
  fc.constant({ entryReason: true }),
  fc
    .record({
      date,
      metric: fc.constantFrom('new_cases', 'critical', 'quarantine'),
      entryReason: fc.boolean(),
    })
    .map(({ entryReason, ...cell }) => ({ cells: [cell], entryReason })),
  id.map((id) => ({ items: [String(id)] })),
);

/** Any call that can change something. Many calls are refused, and a refused call must change nothing. */
const call = fc.oneof(
  fc
    .record({
      date,
      values: fc.dictionary(fc.constantFrom('new_cases', 'critical', 'quarantine'), cell, { minKeys: 1 }),
    })
    .map(({ date, values }) => ['PUT', `statistics/${date}`, { values, reason: 'r' }] as const),
  { weight: 3, arbitrary: content.map(({ collection, body }) => ['POST', collection, body] as const) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(id, content)
      .map(
        ([id, { collection, body }]) =>
          ['PUT', `${collection}/${id}`, { content: body, reason: 'r' }] as const,
      ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(collection, id)
      .map(([collection, id]) => ['DELETE', `${collection}/${id}`, { reason: 'r' }] as const),
  },
  { weight: 2, arbitrary: imported.map((body) => ['POST', 'import', body] as const) },
  fc
    .record({ seq: fc.nat(20), parts: erasedParts })
    .map(({ seq, parts }) => ['POST', `ledger/${seq + 2}/erasure`, { reason: 'r', ...parts }] as const),
);

const CALLS_AT_ONCE = 3;

describe('whatever staff do, in whatever order', () => {
  it('the ledger folds to the stored rows, and the published bytes equal a full rendering', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 10, maxLength: 40 }), async (calls) => {
        await emptySite();
        await setUpSite();
        // A few calls at once share a publish; then the next calls build on them.
        for (let i = 0; i < calls.length; i += CALLS_AT_ONCE) {
          advanceClock(2000);
          const answers = await Promise.all(
            calls.slice(i, i + CALLS_AT_ONCE).map(([method, path, body]) => staff(method, path, { body })),
          );
          for (const answer of answers) expect([200, 201, 403, 404, 409, 422]).toContain(answer.status);
        }
        const { stored, folded } = await storedAndFolded();
        expect(folded).toEqual(stored);
        expectValidItems(stored);
        const bulletin = await runInDurableObject(newsroom(), (_, { storage }) =>
          loadedBulletin(storage.sql),
        );
        if (!bulletin) throw new Error('no bulletin');
        await expectKvMatchesBulletin(bulletin, templates);
      }),
      { numRuns: IS_TEST_LONG ? 16 : 2 },
    );
  }, 240_000);
});

/** Checks that ids have no gaps, and that no decision replaces itself, directly or through others. */
function expectValidItems(rows: Pick<MemoryRows, 'items'>): void {
  for (const collection of COLLECTIONS) {
    const ids = [...rows.items[collection].keys()].map(Number).sort((a, b) => a - b);
    expect(ids).toEqual(ids.map((_, i) => i + 1));
  }
  const decisions = rows.items.decisions as ReadonlyMap<string, Item<'decisions'>>;
  for (const { id, content } of decisions.values()) {
    const visited = new Set([id]);
    for (let next = content?.replaces; next; next = decisions.get(next)?.content?.replaces) {
      expect(decisions.has(next)).toBe(true);
      expect(visited).not.toContain(next);
      visited.add(next);
    }
  }
}
