import { reset, runInDurableObject } from 'cloudflare:test';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COLLECTIONS, type Collection } from '../../../worker/model/collections/registry.ts';
import { foldLedger } from '../../../worker/model/fold.ts';
import type { Item } from '../../../worker/model/item.ts';
import { MemoryRows } from '../../../worker/model/memory-rows.ts';
import { LedgerStore } from '../../../worker/newsroom/ledger/ledger-store.ts';
import { SqlRows } from '../../../worker/newsroom/ledger/sql-rows.ts';
import { templates } from '../../../worker/newsroom/templates.ts';
import { advanceClock } from '../clock.ts';
import { CONTENT_EXAMPLES } from '../content-examples.ts';
import { expectKvMatchesBulletin } from '../kv-matches-bulletin.ts';
import { newsroom, setUpSite, staff } from '../staff-client.ts';

const value = fc.oneof({ weight: 4, arbitrary: fc.nat(3000) }, { weight: 1, arbitrary: fc.constant(null) });
const date = fc.nat(9).map((day) => `2020-03-${String(day + 1).padStart(2, '0')}`);
const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .map((s) => `t${s.replace(/\p{C}/gu, '')}`);
const id = fc.nat(2).map((n) => n + 1);
// Decisions more often: their pages show each other.
const collection = fc.constantFrom(...COLLECTIONS, 'decisions', 'decisions', 'decisions', 'decisions');
/** A day of one of five months, so that some rest in the archive. */
const itemDate = fc.record({ month: fc.nat(4), day: fc.nat(27) }).map(({ month, day }) => {
  const two = (n: number) => String(n + 1).padStart(2, '0');
  return `2020-${two(month)}-${two(day)}`;
});

/** A content of a collection, now with all its fields and now with few, its heading and its day like no other's. */
const contentOf = (of: Collection) =>
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
    .map(({ ar, en, whole, replaces, until, ...some }) => {
      const { least, full } = CONTENT_EXAMPLES[of];
      const own = Object.fromEntries(
        Object.entries(some).filter(([field]) => field in (whole ? full : least)),
      );
      return {
        ...(whole ? full : least),
        ...own,
        [HEADINGS.find((field) => field in least) ?? '']: { ar, en },
        ...(of === 'decisions' && replaces ? { replaces: String(replaces) } : {}),
        ...(of === 'news' && until ? { breaking: { until } } : {}),
      };
    });
const HEADINGS = ['title', 'claim', 'question', 'name'];
const content = collection.chain((of) => contentOf(of).map((body) => ({ of, body })));
const imported = collection.chain((of) =>
  fc.array(contentOf(of), { maxLength: 4 }).map((contents) => ({
    collection: of,
    items: contents.map((content) => ({ agency: 'it', content })),
  })),
);

/** Any call that may change something; many are refused, which must change nothing. */
const call = fc.oneof(
  fc
    .record({
      date,
      values: fc.dictionary(fc.constantFrom('new_cases', 'critical', 'quarantine'), value, { minKeys: 1 }),
    })
    .map(({ date, values }) => ['PUT', `statistics/${date}`, { values, reason: 'r' }] as const),
  { weight: 3, arbitrary: content.map(({ of, body }) => ['POST', of, body] as const) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(id, content)
      .map(([id, { of, body }]) => ['PUT', `${of}/${id}`, { content: body, reason: 'r' }] as const),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(collection, id)
      .map(([of, id]) => ['DELETE', `${of}/${id}`, { reason: 'r' }] as const),
  },
  { weight: 2, arbitrary: imported.map((body) => ['POST', 'import', body] as const) },
  fc.nat(20).map((seq) => ['POST', `ledger/${seq + 2}/erasure`, { reason: 'r' }] as const),
);

/** What the Newsroom holds: its rows, and the rows that its ledger adds up to. */
const look = () =>
  runInDurableObject(newsroom(), (_, state) => {
    const folded = new MemoryRows();
    const ledger = new LedgerStore(state.storage.sql);
    const entries = [...ledger.entries(0)].map(({ value }) => value);
    foldLedger(folded, entries, ledger.erasures());
    folded.lastSeq = ledger.lastSeq();
    return { kept: new SqlRows(state.storage.sql).load(ledger.lastSeq()), folded };
  });

const AT_ONCE = 3;

const withoutReleases = (rows: MemoryRows) => ({
  ...rows,
  days: new Map([...rows.days].sort()),
  corrections: rows.corrections.map(({ release: _, ...correction }) => correction),
});

describe('whatever staff do, in whatever order', () => {
  it('the ledger adds up to the rows, and what was published step by step is what a full rendering gives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 10, maxLength: 40 }), async (calls) => {
        await reset();
        await setUpSite();
        // Some at once, which share a publish, and then the next: so that there is something to add to.
        for (let i = 0; i < calls.length; i += AT_ONCE) {
          advanceClock(2000);
          const answers = await Promise.all(
            calls.slice(i, i + AT_ONCE).map(([method, path, body]) => staff(method, path, { body })),
          );
          for (const answer of answers) expect([200, 201, 403, 404, 409, 422]).toContain(answer.status);
        }
        const { kept, folded } = await look();
        expect(withoutReleases(folded)).toEqual(withoutReleases(kept));
        expectItemsAddUp(kept);
        const bulletin = kept.bulletin();
        if (!bulletin) throw new Error('no bulletin');
        await expectKvMatchesBulletin(bulletin, templates);
      }),
      { numRuns: 8 },
    );
  }, 120_000);
});

/** Ids are given one after another, and no decision stands, be it by others, in its own place. */
function expectItemsAddUp(rows: MemoryRows): void {
  for (const collection of COLLECTIONS) {
    const ids = [...rows.items[collection].keys()].map(Number).sort((a, b) => a - b);
    expect(ids).toEqual(ids.map((_, i) => i + 1));
  }
  const decisions = rows.items.decisions as ReadonlyMap<string, Item<'decisions'>>;
  for (const { id, content } of decisions.values()) {
    const seen = new Set([id]);
    for (let at = content?.replaces; at; at = decisions.get(at)?.content?.replaces) {
      expect(decisions.has(at)).toBe(true);
      expect(seen).not.toContain(at);
      seen.add(at);
    }
  }
}
