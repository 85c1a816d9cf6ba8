import { runInDurableObject } from 'cloudflare:test';
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifyLedger } from '../../../scripts/verify-ledger.mjs';
import type { Entry } from '../../../worker/model/ledger.ts';
import { templates } from '../../../worker/newsroom/templates.ts';
import { ledger } from '../ledger-rows.ts';
import { deploy, newsroomKv } from '../main.ts';
import { rowsRead } from '../rows-read.ts';
import { get, newsContent, newsroom, pacedStaff, setUpSite, staff } from '../staff-client.ts';

/** All entries of the public ledger, oldest first, and the pages that they are in. */
async function readPublic() {
  const entries: Entry[] = [];
  const pages: {
    readonly path: string;
    readonly etag: string | null;
    readonly size: number;
    readonly entries: number;
  }[] = [];
  for (let path: string | null = '/api/v1/ledger.json'; path; ) {
    const { status, body, headers } = await get(path);
    expect(status, path).toBe(200);
    pages.push({
      path,
      etag: headers.get('ETag'),
      size: JSON.stringify(body).length,
      entries: body.items.length,
    });
    entries.unshift(...body.items.toReversed());
    path = body.next;
  }
  return { entries, pages };
}

const withoutPayload = ({ salt: _salt, payload: _payload, reason: _reason, ...head }: Entry) => head;
/** A day of this year: the series of past years lie in packs of their own. */
const thisYear = (day: string) => `${new Date().getUTCFullYear()}-${day}`;
const media = { 'Nashra-Agency': 'media' };
const figures = (day: number) => ({
  body: { values: { new_cases: day }, reason: 'a correction' },
  headers: { 'Nashra-Agency': 'health' },
});
/** Adds an entry a day, at once: they share publishes. */
async function addFigures(from: number, to: number): Promise<void> {
  const calls = Array.from({ length: to - from }, (_, i) => {
    const date = new Date(Date.UTC(2020, 2, 1 + from + i)).toISOString().slice(0, 10);
    return staff('PUT', `statistics/${date}`, figures(from + i));
  });
  for (const { status } of await Promise.all(calls)) expect([200, 202]).toContain(status);
}

describe('the public ledger', () => {
  beforeAll(async () => {
    await setUpSite();
    for (const title of ['one', 'two', 'three'])
      expect(
        (await pacedStaff('POST', 'news', { body: newsContent({ title: { ar: title } }), headers: media }))
          .status,
      ).toBe(201);
    await addFigures(0, 100);
    await pacedStaff('PUT', `statistics/${thisYear('01-02')}`, figures(1));
    await pacedStaff('POST', 'news/2/withdrawal', { body: { reason: 'wrong' }, headers: media });
  });

  it('has every entry with all that its hash covers, in pages, and the chain leads to the signed head', async () => {
    const { entries, pages } = await readPublic();
    expect(entries.map(withoutPayload)).toEqual((await ledger()).map(withoutPayload));
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) expect(page.entries).toBeLessThanOrEqual(100);
    const { payload } = (await get('/api/v1/release.json')).body;
    const release = JSON.parse(
      new TextDecoder().decode(Uint8Array.fromBase64(payload, { alphabet: 'base64url' })),
    );
    expect(release.ledger).toEqual({ seq: entries.length, hash: entries.at(-1)?.hash });
    expect(release.lists).toContain('/api/v1/digests/ledger-1.json');
    const list = (await get('/api/v1/digests/ledger-1.json')).body;
    const page = `${JSON.stringify((await get('/api/v1/ledger/1.json')).body)}\n`;
    expect(list['/api/v1/ledger/1.json']).toBe(createHash('sha256').update(page).digest('base64url'));
  });

  it('has the payloads of what is public, and none of a withdrawn item', async () => {
    const { entries } = await readPublic();
    const hidden = entries.filter(({ payload }) => payload === undefined).map(({ seq }) => seq);
    expect(hidden).toEqual([1, 3]); // settings, and `two`, in an older page
    const whole = await ledger();
    for (const entry of entries) if (entry.payload) expect(entry).toEqual(whole[entry.seq - 1]);
    expect(JSON.stringify(entries)).not.toContain('"ar":"two"');
    expect(verifyLedger(whole).fault).toBeNull();
  });

  it('changes only the newest page with a new entry, and writes no value more to KV', async () => {
    const before = await readPublic();
    const from = newsroomKv().calls.length;
    expect((await pacedStaff('PUT', `statistics/${thisYear('01-01')}`, figures(1))).status).toBe(200);
    const puts = newsroomKv()
      .calls.slice(from)
      .filter(({ on }) => on === 'put');
    expect(puts.length).toBe(3);
    const after = await readPublic();
    expect(after.pages.slice(1)).toEqual(before.pages.slice(1));
    expect(after.pages[0]).not.toEqual(before.pages[0]);
  });

  it('keeps a complete page as it is; the figure that completes one takes 4 writes', async () => {
    const before = await readPublic();
    await addFigures(200, 200 + 49 - (before.pages[0]?.entries ?? 0));
    expect((await readPublic()).pages[0]?.entries).toBe(49);
    const writes: number[] = [];
    for (let i = 0; i < 3; i++) {
      const from = newsroomKv().calls.length;
      await pacedStaff('PUT', `statistics/${thisYear(`01-1${i}`)}`, figures(i));
      writes.push(
        newsroomKv()
          .calls.slice(from)
          .filter(({ on }) => on === 'put').length,
      );
    }
    expect(writes).toEqual([3, 4, 3]);
    const after = await readPublic();
    expect(after.pages.length).toBe(before.pages.length + 1);
    expect(after.pages.slice(2)).toEqual(before.pages.slice(1));
    expect(verifyLedger(await ledger()).fault).toBeNull();
  });

  it('takes the payload of an erased entry out, also of an older page', async () => {
    const erased = await pacedStaff('POST', 'ledger/10/erasure', { body: { reason: 'a court asked' } });
    expect(erased.status, JSON.stringify(erased.body)).toBe(201);
    const { entries } = await readPublic();
    expect(entries.filter(({ payload }) => payload === undefined).map(({ seq }) => seq)).toEqual([1, 3, 10]);
    expect(entries.at(-1)).toMatchObject({ kind: 'erasure', payload: { seq: 10 } });
    for (const entry of [entries[9], (await staff('GET', 'ledger/10')).body])
      expect(Object.keys(entry)).not.toContain('reason');
    expect(verifyLedger(await ledger()).fault).toBeNull();
  });

  it('shows what is left of an import of which an item was withdrawn', async () => {
    const items = ['four', 'five'].map((title) => ({
      agency: 'media',
      content: newsContent({ title: { ar: title } }),
    }));
    const imported = await pacedStaff('POST', 'import', { body: { collection: 'news', items } });
    const [five] = (await staff('GET', 'news')).body.items;
    expect(five.content.title).toEqual({ ar: 'five' });
    await pacedStaff('POST', `news/${five.id}/withdrawal`, { body: { reason: 'wrong' }, headers: media });
    const entry = (await readPublic()).entries[Number(imported.body.id) - 1];
    expect(entry).toMatchObject({
      payload: { items: [{ content: { title: { ar: 'four' } } }] },
      erased: { news: { [five.id]: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    });
    expect(JSON.stringify(entry)).not.toContain('five');
    expect(entry).not.toHaveProperty('salt');
    const whole = await ledger();
    expect(verifyLedger([...whole.slice(0, entry?.seq ?? 0).slice(0, -1), entry]).fault).toContain('erasure');
  });

  it('is made from the newest entries: a publish reads no more of the ledger than a page', async () => {
    const rows = await rowsRead(() => pacedStaff('PUT', 'statistics/2020-12-10', figures(1)));
    const ofEntries = [...rows].filter(([query]) => /FROM (entry|ledger_)/.test(query));
    expect((await ledger()).length).toBeGreaterThan(150);
    expect(ofEntries.reduce((sum, [, count]) => sum + count, 0)).toBeLessThan(75);
  });

  it('is filled from the entries that an older version left, by steps', async () => {
    const before = await readPublic();
    await runInDurableObject(newsroom(), (_, { storage }) => {
      storage.sql.exec('DELETE FROM ledger_page');
      storage.sql.exec('DELETE FROM ledger_item');
    });
    await deploy({ ...templates, templateVersion: 'later', ledgerForm: 2 });
    await pacedStaff('POST', 'tick', { body: {} });
    const after = await readPublic();
    expect(after.entries).toEqual(before.entries);
    expect((await staff('GET', 'status')).body).toMatchObject({ pending: false, lastError: null });
  });
});
