import { reset, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bulletin } from '../../../worker/model/bulletin.ts';
import { COLLECTIONS, hasPermalinks } from '../../../worker/model/collection.ts';
import type { Collection, Item } from '../../../worker/model/content.ts';
import { foldLedger } from '../../../worker/model/fold.ts';
import { MemoryRows } from '../../../worker/model/memory-rows.ts';
import {
  CURRENT_KEY,
  type Current,
  decodePack,
  type ItemsIndex,
  joinPage,
  type PackedDocument,
  type ReleaseIndex,
} from '../../../worker/model/pack.ts';
import { LedgerStore } from '../../../worker/newsroom/ledger-store.ts';
import { etagOf, toRendered } from '../../../worker/newsroom/rendered.ts';
import { renderer } from '../../../worker/newsroom/renderer.ts';
import { SqlRows } from '../../../worker/newsroom/sql-rows.ts';
import { advance } from '../clock.ts';
import { CONTENTS } from '../some-content.ts';
import { newsroom, openSite, staff } from '../staff-client.ts';

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
      const { least, full } = CONTENTS[of];
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
    const entries = [...new LedgerStore(state.storage.sql).entries(0)].map(({ value }) => value);
    foldLedger(folded, entries);
    return { kept: new SqlRows(state.storage.sql).load(), folded };
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
        await openSite();
        // Some at once, which share a publish, and then the next: so that there is something to add to.
        for (let i = 0; i < calls.length; i += AT_ONCE) {
          advance(2000);
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
        await expectPublishedWhole(bulletin);
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

/** Every byte in KV against a rendering of the bulletin from nothing. */
async function expectPublishedWhole(bulletin: Bulletin): Promise<void> {
  const current = await env.BULLETIN.get<Current>(CURRENT_KEY, 'json');
  const buffer = await env.BULLETIN.get(current?.key ?? '', 'arrayBuffer');
  if (!buffer) throw new Error('no release');
  const { index, bytes } = decodePack<ReleaseIndex>(buffer, 'release');
  const moment = { release: index.n, asOf: index.publishedAt };
  const published = new Map<string, [PackedDocument, Uint8Array]>();
  const take = (documents: Readonly<Record<string, PackedDocument>>, from: Uint8Array) => {
    for (const [path, document] of Object.entries(documents))
      published.set(path, [document, from.slice(document.at, document.at + document.length)]);
  };
  take(index.documents, bytes);
  for (const cold of index.cold) {
    const pack = await env.BULLETIN.get(cold.key, 'arrayBuffer');
    if (!pack) throw new Error(`no pack ${cold.key}`);
    take(cold.documents, decodePack(pack, 'cold').bytes);
  }
  const fresh = renderer.documents(bulletin, moment);
  expect([...published.keys()].sort()).toEqual(fresh.map((document) => document.path).sort());
  const shells = new Map(
    renderer.shells(bulletin, moment).map(({ language, render }) => [language, render()]),
  );
  for (const [language, shell] of shells)
    expect(index.shells[language]?.etag).toBe(etagOf(JSON.stringify(shell)));
  for (const document of fresh) {
    const { joined, path } = document;
    const rendered = toRendered(joined ? JSON.stringify(joined.part()) : document.render(), document);
    const [packed, stored] = published.get(path) ?? [];
    expect(packed?.etag, path).toBe(rendered.etag);
    expect(stored, path).toEqual(new Uint8Array(rendered.bytes));
    expect(packed?.shell, path).toBe(joined?.language);
    if (joined) expect(joinPage(shells.get(joined.language) ?? [], joined.part())).toBe(document.render());
  }
  await expectPartsWhole(bulletin, index);
}

async function expectPartsWhole(bulletin: Bulletin, index: ReleaseIndex): Promise<void> {
  const paged = COLLECTIONS.filter(hasPermalinks);
  expect(Object.keys(index.items).sort()).toEqual(
    paged.filter((collection) => bulletin.items[collection].size > 0).sort(),
  );
  for (const item of paged.flatMap((collection): readonly Item[] => [
    ...bulletin.items[collection].values(),
  ])) {
    const place = index.items[item.collection]?.packs.findLast((pack) => pack.first <= Number(item.id));
    const buffer = await env.BULLETIN.get(place?.key ?? '', 'arrayBuffer');
    if (!buffer) throw new Error('no pack of items');
    const { index: items, bytes } = decodePack<ItemsIndex>(buffer, 'items');
    const stored = items.items[item.id];
    expect(stored?.status).toBe(item.withdrawal ? 410 : 200);
    expect(Object.keys(stored?.parts ?? {}).sort()).toEqual(['ar', 'en']);
    for (const { language, render } of renderer.itemParts(bulletin, item)) {
      const part = stored?.parts[language];
      const slice = bytes.slice(part?.at, (part?.at ?? 0) + (part?.length ?? 0));
      expect(JSON.parse(new TextDecoder().decode(slice))).toEqual(render());
    }
  }
}
