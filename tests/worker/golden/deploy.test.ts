import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifyLedger } from '../../../scripts/verify-ledger.mjs';
import { templates } from '../../../worker/newsroom/templates.ts';
import { advanceClock } from '../clock.ts';
import { expectKvMatchesBulletin } from '../kv-matches-bulletin.ts';
import { loadedBulletin } from '../loaded-rows.ts';
import { get, newsroom, publishedStatus, staff } from '../staff-client.ts';
import { goldenState, putKvValues, wakeNewsroomOn } from './golden-state.ts';

const state = goldenState();

describe('this build on the state that version bdb304b left', () => {
  beforeAll(async () => {
    await putKvValues(env.BULLETIN, state);
    await wakeNewsroomOn(state);
  });

  it('serves the stored release before it publishes its first release', async () => {
    const live = await get('/api/v1/live.json');
    expect(live.headers.get('Nashra-Release')).toBe('25');
    expect((await get('/ar/')).body).toContain('نشرة الاختبار');
    expect((await get('/en/news/131')).body).toContain('News 131, corrected');
    expect((await get('/en/news/7')).status).toBe(410);
    expect((await get('/api/v1/news/page-1.json')).body.items).toHaveLength(50);
    expect((await get('/en/news/2021-01/')).body).toContain('News 1');
    expect((await get('/data/statistics.csv')).body).toContain('2021-05-10,');
    expect((await get('/en/nowhere')).status).toBe(404);
  });

  it('gives a call that is repeated after the deploy its first answer', async () => {
    const body = {
      title: { ar: 'عاجل', en: 'Breaking' },
      body: { ar: 'ابقوا في البيت', en: 'Stay at home' },
      date: '2021-06-24',
      breaking: { until: '2099-12-31T21:00:00Z' },
    };
    const headers = { 'Nashra-Agency': 'media', 'Idempotency-Key': 'golden-2' };
    expect(await staff('POST', 'news', { body, headers })).toMatchObject({
      status: 201,
      body: { id: '132' },
    });
  });

  it('publishes everything again under a higher release number, with every document complete', async () => {
    advanceClock(2000);
    await staff('POST', 'tick', { body: {} });
    const status = await publishedStatus();
    expect(status).toMatchObject({ pending: false, lastError: null, entries: 24, faults: [] });
    expect(status.release).toBeGreaterThan(25);
    const bulletin = await runInDurableObject(newsroom(), (_, { storage }) => loadedBulletin(storage.sql));
    if (!bulletin) throw new Error('no bulletin');
    await expectKvMatchesBulletin(bulletin, templates);
  });

  it('keeps the ledger, the keys and the record of corrections', async () => {
    const { items } = (await staff('GET', 'ledger')).body;
    expect(verifyLedger(items)).toMatchObject({ fault: null, entries: 24, erased: 3 });
    const keys = (await staff('GET', 'keys')).body.items;
    expect(keys.map((key: { agency: string; version: number }) => [key.agency, key.version]).sort()).toEqual([
      ['health', 1],
      ['media', 2],
    ]);
    const corrections = (await get('/api/v1/changes.json')).body.items;
    // Version bdb304b kept no record of figures that the operator erased: this build finds them in the ledger.
    const erased = corrections.filter((c: { wasErased?: true }) => c.wasErased);
    expect(erased).toMatchObject([
      { kind: 'figure', date: '2021-06-25', now: null, reason: 'a court asked' },
    ]);
    const others = corrections.filter((c: { wasErased?: true }) => !c.wasErased);
    expect(others.map((c: { kind: string; release: number }) => [c.kind, c.release])).toEqual([
      ['withdrawal', 23],
      ['edit', 19],
      ['withdrawal', 17],
      ['withdrawal', 16],
      ['edit', 15],
      ['figure', 12],
      ['figure', 11],
      ['figure', 11],
    ]);
  });

  it('publishes that ledger, without the payloads of what was withdrawn or erased', async () => {
    const { items } = (await get('/api/v1/ledger.json')).body;
    const whole: { seq: number; payload?: object }[] = (await staff('GET', 'ledger')).body.items;
    const pages = [...items];
    for (let next = (await get('/api/v1/ledger.json')).body.next; next; ) {
      const { body } = await get(next);
      pages.push(...body.items);
      next = body.next;
    }
    expect(pages.map(({ seq, hash }) => [seq, hash])).toEqual(
      whole.toReversed().map((entry) => [entry.seq, 'hash' in entry ? entry.hash : '']),
    );
    const shown = pages.filter(({ payload }) => payload).length;
    expect(shown).toBeGreaterThan(5);
    expect(shown).toBeLessThan(whole.filter(({ payload }) => payload).length);
    expect(pages.filter(({ reasonErased }) => reasonErased).length).toBeGreaterThan(0);
    expect((await staff('GET', 'status')).body.signed).toBe(true);
  });

  it('accepts new figures and items', async () => {
    advanceClock(2000);
    const headers = { 'Nashra-Agency': 'health' };
    const figures = await staff('PUT', 'statistics/2021-06-26', {
      body: { values: { new_cases: 95 } },
      headers,
    });
    expect(figures).toMatchObject({ status: 200, body: { version: 1 } });
    advanceClock(2000);
    const body = { title: { ar: 'بعد النشر' }, body: { ar: 'نص' }, date: '2021-06-26' };
    const news = await staff('POST', 'news', { body, headers });
    expect(news).toMatchObject({ status: 201, body: { id: '134' } });
    expect((await get('/api/v1/live.json')).body.figures.new_cases).toEqual(['2021-06-26', 95]);
  });
});
