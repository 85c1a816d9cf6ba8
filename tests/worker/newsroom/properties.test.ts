import { reset, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bulletin } from '../../../worker/model/bulletin.ts';
import { foldLedger } from '../../../worker/model/fold.ts';
import { MemoryRows } from '../../../worker/model/memory-rows.ts';
import {
  CURRENT_KEY,
  type Current,
  decodePack,
  type ItemsIndex,
  type PackedDocument,
  type ReleaseIndex,
} from '../../../worker/model/pack.ts';
import { LedgerStore } from '../../../worker/newsroom/ledger-store.ts';
import { toRendered } from '../../../worker/newsroom/rendered.ts';
import { renderer } from '../../../worker/newsroom/renderer.ts';
import { SqlRows } from '../../../worker/newsroom/sql-rows.ts';
import { newsroom, openSite, someNews, staff } from '../staff-client.ts';

const value = fc.oneof({ weight: 4, arbitrary: fc.nat(3000) }, { weight: 1, arbitrary: fc.constant(null) });
const date = fc.nat(9).map((day) => `2020-03-${String(day + 1).padStart(2, '0')}`);
const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .map((s) => `t${s.replace(/\p{C}/gu, '')}`);
const content = fc
  .record({ ar: text, en: text, date })
  .map(({ ar, en, date }) => someNews({ title: { ar, en }, date }));
const id = fc.nat(4).map((n) => n + 1);

/** Any call that may change something; many are refused, which must change nothing. */
const call = fc.oneof(
  fc
    .record({
      date,
      values: fc.dictionary(fc.constantFrom('new_cases', 'critical', 'quarantine'), value, { minKeys: 1 }),
    })
    .map(({ date, values }) => ['PUT', `statistics/${date}`, { values, reason: 'r' }] as const),
  content.map((body) => ['POST', 'news', body] as const),
  fc.tuple(id, content).map(([id, content]) => ['PUT', `news/${id}`, { content, reason: 'r' }] as const),
  id.map((id) => ['DELETE', `news/${id}`, { reason: 'r' }] as const),
  text.map(
    (name) => ['POST', 'contacts', { name: { ar: name, en: name }, kind: 'hotline', phone: '151' }] as const,
  ),
  fc.nat(20).map((seq) => ['POST', `ledger/${seq + 2}/erasure`, { reason: 'r' }] as const),
);

/** What the Newsroom holds: its rows, and the rows that its ledger adds up to. */
const look = () =>
  runInDurableObject(newsroom(), (_, state) => {
    const folded = new MemoryRows();
    foldLedger(folded, new LedgerStore(state.storage.sql).entries(0, 10_000, Number.POSITIVE_INFINITY));
    return { kept: new SqlRows(state.storage.sql).load(), folded };
  });

const withoutReleases = (rows: MemoryRows) => ({
  ...rows,
  days: new Map([...rows.days].sort()),
  corrections: rows.corrections.map(({ release: _, ...correction }) => correction),
});

describe('whatever staff do, in whatever order', () => {
  it('the ledger adds up to the rows, and what was published step by step is what a full rendering gives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 5, maxLength: 25 }), async (calls) => {
        await reset();
        await openSite();
        const answers = await Promise.all(calls.map(([method, path, body]) => staff(method, path, { body })));
        for (const answer of answers) expect([200, 201, 403, 404, 409, 422]).toContain(answer.status);
        const { kept, folded } = await look();
        expect(withoutReleases(folded)).toEqual(withoutReleases(kept));
        const bulletin = kept.bulletin();
        if (!bulletin) throw new Error('no bulletin');
        await expectPublishedWhole(bulletin);
      }),
      { numRuns: 8 },
    );
  }, 120_000);
});

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
  for (const document of fresh) {
    const rendered = toRendered(document.render(), document);
    const [packed, stored] = published.get(document.path) ?? [];
    expect(packed?.etag, document.path).toBe(rendered.etag);
    expect(stored, document.path).toEqual(new Uint8Array(rendered.bytes));
  }
  await expectPartsWhole(bulletin, index);
}

async function expectPartsWhole(bulletin: Bulletin, index: ReleaseIndex): Promise<void> {
  for (const item of bulletin.items.news.values()) {
    const place = index.items.news?.packs.findLast((pack) => pack.first <= Number(item.id));
    const buffer = await env.BULLETIN.get(place?.key ?? '', 'arrayBuffer');
    if (!buffer) throw new Error('no pack of items');
    const { index: items, bytes } = decodePack<ItemsIndex>(buffer, 'items');
    const stored = items.items[item.id];
    expect(stored?.status).toBe(item.withdrawal ? 410 : 200);
    for (const { language, render } of renderer.itemParts(bulletin, item)) {
      const part = stored?.parts[language];
      const slice = bytes.slice(part?.at, (part?.at ?? 0) + (part?.length ?? 0));
      expect(JSON.parse(new TextDecoder().decode(slice))).toEqual(render());
    }
  }
}
