import { beforeAll, describe, expect, it } from 'vitest';
import { verifyLedger } from '../../../scripts/verify-ledger.mjs';
import type { Entry } from '../../../worker/model/ledger.ts';
import { ledger, storedAndFolded } from '../ledger-rows.ts';
import { get, newsContent, setUpSite, pacedStaff as staff } from '../staff-client.ts';

describe('the ledger', () => {
  beforeAll(() => setUpSite());

  it('folds to the stored rows', async () => {
    await staff('POST', 'import', {
      body: { figures: 'date,new_cases,critical\n2020-03-01,1,2\n2020-03-02,3,\n' },
    });
    await staff('PUT', 'statistics/2020-03-01', {
      body: { values: { new_cases: 4, quarantine: 0 }, reason: 'r' },
    });
    const { id } = (await staff('POST', 'news', { body: newsContent() })).body;
    await staff('PUT', `news/${id}`, { body: { content: newsContent({ date: '2021-08-02' }) } });
    await staff('DELETE', `news/${id}`, { body: { reason: 'r' } });
    const { stored, folded } = await storedAndFolded();
    expect(folded).toEqual(stored);
    expect(folded.corrections.map((c) => c.kind)).toEqual(['figure', 'edit', 'withdrawal']);
  });

  it('turns an erased figure into null, and still folds to the stored rows', async () => {
    const put = (value: number) =>
      staff('PUT', 'statistics/2020-04-01', { body: { values: { new_cases: value }, reason: 'r' } });
    for (const value of [11, 12, 13]) await put(value);
    const entriesBefore = await ledger();
    const last = entriesBefore.at(-1)?.seq ?? 0;
    const erased = await staff('POST', `ledger/${last}/erasure`, { body: { reason: 'A court' } });
    expect(erased).toMatchObject({
      status: 201,
      body: { changed: ['salt', 'payload', 'reason'], url: { ar: '/ar/data/', en: '/en/data/' } },
    });
    const entriesAfter = await ledger();
    expect(entriesAfter[last - 1]).toEqual(without(entriesBefore[last - 1], 'salt', 'payload', 'reason'));
    // Checks the payload only: salt and hashes can hold "13" by chance.
    expect(JSON.stringify(entriesAfter[last]?.payload)).not.toContain('13');
    expect((await get('/api/v1/statistics.json')).body.dates).not.toContain('2020-04-01');
    const [erasure, correction] = (await get('/api/v1/changes.json')).body.items;
    const cell = { metric: 'new_cases', date: '2020-04-01', agency: 'health' };
    expect(erasure).toMatchObject({ ...cell, was: null, wasErased: true, now: null, reason: 'A court' });
    expect(erasure.nowErased).toBeUndefined();
    expect(correction).toMatchObject({ ...cell, was: 12, now: null, nowErased: true });
    expect(correction.reason).toBeUndefined();
    expect((await get('/en/changes/')).body).toContain('a figure since erased');
    const { stored, folded } = await storedAndFolded();
    expect(folded).toEqual(stored);
    expect((await staff('POST', `ledger/${last}/erasure`, { body: { reason: 'again' } })).status).toBe(409);
    // The figure was public, so a new one is a change of the record.
    const anew = { values: { new_cases: 9 } };
    expect((await staff('PUT', 'statistics/2020-04-01', { body: anew })).body.errors).toEqual([
      expect.objectContaining({ pointer: '#/reason' }),
    ]);
    await staff('PUT', 'statistics/2020-04-01', { body: { ...anew, reason: 'Counted again' } });
    expect((await get('/api/v1/changes.json')).body.items[0]).toMatchObject({ wasErased: true, now: 9 });
    await staff('POST', `ledger/${last - 1}/erasure`, { body: { reason: 'older' } });
    const afterSecond = await storedAndFolded();
    expect(afterSecond.folded).toEqual(afterSecond.stored);
    expect((await get('/api/v1/statistics.json')).body.metrics.new_cases.at(-1)).toBe(9);
  });

  it('erases many figures only when that is confirmed, tells beforehand how many, and records each in public', async () => {
    const days = Array.from({ length: 51 }, (_, i) =>
      new Date(Date.UTC(2020, 4, i + 1)).toISOString().slice(0, 10),
    );
    const figures = ['date,critical', ...days.map((day, i) => `${day},${i + 1}`)].join('\n');
    const seq = (await staff('POST', 'import', { body: { figures } })).body.id;
    const path = `ledger/${seq}/erasure`;
    const before = (await get('/api/v1/statistics.json')).body;
    expect(await staff('POST', path, { body: { reason: 'A court', dryRun: true } })).toMatchObject({
      status: 200,
      body: { dryRun: true, figures: 51, items: 0, changed: [] },
    });
    const refused = await staff('POST', path, { body: { reason: 'A court', confirm: false } });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '#/confirm' }] } });
    expect(refused.body.errors[0].detail).toContain('51 figures');
    expect((await get('/api/v1/statistics.json')).body.metrics).toEqual(before.metrics);
    const erased = await staff('POST', path, { body: { reason: 'A court', confirm: true } });
    expect(erased).toMatchObject({ status: 201, body: { figures: 51 } });
    const { items } = (await get('/api/v1/changes.json')).body;
    expect(items[0]).toMatchObject({
      ...{ metric: 'critical', date: days[0], until: days.at(-1), figures: 51 },
      ...{ was: null, wasErased: true, now: null, reason: 'A court' },
    });
    expect(items[1].reason).not.toBe('A court');
    const { stored, folded } = await storedAndFolded();
    expect(folded).toEqual(stored);
  });

  it('records that a figure was taken back, and what was set anew', async () => {
    const put = (values: object, reason?: string) =>
      staff('PUT', 'statistics/2020-04-03', { body: { values, ...(reason ? { reason } : {}) } });
    await put({ new_cases: 5, critical: null });
    expect((await put({ critical: 1 })).status).toBe(200); // was never public
    await put({ new_cases: null }, 'Counted twice');
    expect((await put({ new_cases: 6 })).body.errors[0]).toMatchObject({
      pointer: '#/reason',
      detail: expect.stringContaining('new_cases of 2020-04-03 was public, and is not reported now'),
    });
    await put({ new_cases: 6 }, 'Counted again');
    const [anew, back, other] = (await get('/api/v1/changes.json')).body.items;
    expect(anew).toMatchObject({ metric: 'new_cases', was: null, now: 6, reason: 'Counted again' });
    expect(anew.wasErased).toBeUndefined();
    expect(back).toMatchObject({ metric: 'new_cases', was: 5, now: null, reason: 'Counted twice' });
    expect(other.date).not.toBe('2020-04-03');
    expect((await get('/en/changes/')).body).toMatch(/Was not reported, now <ins>.*6/);
    const { stored, folded } = await storedAndFolded();
    expect(folded).toEqual(stored);
  });

  it('removes an erased entry’s reason from public documents, even if no figure changes', async () => {
    const put = (value: number | null, reason: string) =>
      staff('PUT', 'statistics/2020-04-02', { body: { values: { new_cases: value }, reason } });
    await put(5, 'r');
    await put(null, 'SECRET-NAME');
    expect(JSON.stringify((await get('/api/v1/changes.json')).body)).toContain('SECRET-NAME');
    const seq = (await ledger()).at(-1)?.seq;
    await staff('POST', `ledger/${seq}/erasure`, { body: { reason: 'A court' } });
    for (const path of ['/api/v1/changes.json', '/ar/changes/', '/en/changes/'])
      expect(JSON.stringify((await get(path)).body)).not.toContain('SECRET-NAME');
  });

  it('removes an erased withdrawal’s reason from public documents, and the item stays withdrawn', async () => {
    const { id } = (await staff('POST', 'news', { body: newsContent() })).body;
    await staff('DELETE', `news/${id}`, { body: { reason: 'SECRET-REASON' } });
    const path = `/ar/news/${id}`;
    expect((await get(path)).body).toContain('SECRET-REASON');
    const entriesBefore = await ledger();
    const seq = entriesBefore.at(-1)?.seq ?? 0;
    const erased = await staff('POST', `ledger/${seq}/erasure`, { body: { reason: 'A court' } });
    expect(erased).toMatchObject({ status: 201, body: { url: { ar: path, en: `/en/news/${id}` } } });
    expect((await staff('POST', `ledger/${seq}/erasure`, { body: { reason: 'again' } })).status).toBe(409);

    expect((await get(path)).status).toBe(410);
    for (const publicPath of [path, '/api/v1/changes.json', '/ar/changes/'])
      expect(JSON.stringify((await get(publicPath)).body)).not.toContain('SECRET-REASON');
    expect((await get('/api/v1/changes.json')).body.items[0]).toMatchObject({
      kind: 'withdrawal',
      item: id,
      was: { title: newsContent().title },
    });
    const { body } = await staff('GET', `news/${id}`);
    expect(body).toMatchObject({ version: 3, state: 'withdrawn', content: newsContent() });
    expect(body.withdrawal).toEqual({ at: expect.any(String) });

    const entriesAfter = await ledger();
    expect(entriesAfter[seq - 1]).toEqual(without(entriesBefore[seq - 1], 'salt', 'payload', 'reason'));
    expect(verifyLedger(entriesAfter)).toMatchObject({ fault: null });
    const { stored, folded } = await storedAndFolded();
    expect(folded).toEqual(stored);
  });

  it('allows an item to be erased only after it is withdrawn, and then no answer holds it', async () => {
    const secret = 'a name nobody may read';
    const { id } = (await staff('POST', 'news', { body: newsContent({ title: { ar: secret, en: secret } }) }))
      .body;
    const seq = (await ledger()).at(-1)?.seq;
    expect((await staff('POST', `ledger/${seq}/erasure`, { body: { reason: 'x' } })).status).toBe(409);
    await staff('PUT', `news/${id}`, { body: { content: newsContent() } });
    await staff('DELETE', `news/${id}`, { body: { reason: 'Wrong' } });
    const erased = await staff('POST', `ledger/${seq}/erasure`, { body: { reason: 'x' } });
    expect(erased).toMatchObject({ status: 201, body: { url: { ar: `/ar/news/${id}` } } });
    const { stored, folded } = await storedAndFolded();
    expect(folded).toEqual(stored);
    const answers = [
      JSON.stringify(await ledger()),
      JSON.stringify((await staff('GET', `news/${id}`)).body),
      JSON.stringify((await get('/api/v1/changes.json')).body),
      (await get(`/ar/news/${id}`)).body,
    ].join();
    expect(answers).not.toContain(secret);
    expect((await get(`/ar/news/${id}`)).status).toBe(410);
  });

  it('is read in pages that hold every entry once, each with the hash of the previous entry', async () => {
    await Promise.all(Array.from({ length: 110 }, () => staff('POST', 'news', { body: newsContent() })));
    const entries = await ledger();
    expect(entries.length).toBeGreaterThan(100);
    expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, i) => i + 1));
    expect(entries.map((entry) => entry.previous)).toEqual([
      '0'.repeat(64),
      ...entries.slice(0, -1).map((entry) => entry.hash),
    ]);
  });
});

const without = (entry: Entry | undefined, ...names: (keyof Entry)[]) =>
  Object.fromEntries(Object.entries(entry ?? {}).filter(([name]) => !names.includes(name as keyof Entry)));
