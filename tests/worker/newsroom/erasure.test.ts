import { beforeAll, describe, expect, it } from 'vitest';
import { verifyLedger } from '../../../scripts/verify-ledger.mjs';
import type { Entry } from '../../../worker/model/ledger.ts';
import { ledger, storedAndFolded } from '../ledger-rows.ts';
import { get, newsContent, setUpSite, pacedStaff as staff } from '../staff-client.ts';

const erase = (seq: number | string, body: object) =>
  staff('POST', `ledger/${seq}/erasure`, { body: { reason: 'A court', ...body } });

const lastSeq = async (): Promise<number> => (await staff('GET', 'status')).body.entries;

const changes = async () => (await get('/api/v1/changes.json')).body.items;

/** Checks that the chain verifies, and that the rows are still what the ledger folds to; gives the entries. */
async function expectSound(): Promise<readonly Entry[]> {
  const entries = await ledger();
  expect(verifyLedger(entries)).toMatchObject({ fault: null });
  const { stored, folded } = await storedAndFolded();
  expect(folded).toEqual(stored);
  return entries;
}

/** Where a text stands in a list of entries or corrections, as their places. */
const placesOf = (text: string, list: readonly unknown[]): readonly number[] =>
  list.flatMap((one, i) => (JSON.stringify(one).includes(text) ? [i + 1] : []));

describe('an erasure that names figures', () => {
  let seq = 0;
  beforeAll(async () => {
    await setUpSite();
    const figures =
      'date,critical,new_cases\n2020-03-02,21,22\n2020-03-01,11,12\n2020-03-04,41,42\n2020-03-03,31,\n';
    seq = (await staff('POST', 'import', { body: { figures } })).body.id;
  });

  it('takes one of an import alone, and the others stay as they are', async () => {
    const [before] = (await ledger()).slice(-1);
    const cells = [{ metric: 'critical', date: '2020-03-02' }];
    const dry = await erase(seq, { cells, dryRun: true });
    expect(dry).toMatchObject({ status: 200, body: { figures: 1, items: 0, dryRun: true } });
    const erased = await erase(seq, { cells });
    expect(erased).toMatchObject({
      status: 201,
      body: { changed: ['salt', 'payload'], figures: 1, items: 0, url: { en: '/en/data/' } },
    });
    const { dates, metrics } = (await get('/api/v1/statistics.json')).body;
    expect(dates[0]).toBe('2020-03-01');
    expect(metrics.critical).toEqual([11, null, 31, 41]);
    expect(metrics.new_cases).toEqual([12, 22, null, 42]);
    expect((await changes())[0]).toMatchObject({
      ...{ metric: 'critical', date: '2020-03-02', was: null, wasErased: true, now: null },
      reason: 'A court',
    });
    const [after] = (await expectSound()).slice(-2);
    expect(after).not.toHaveProperty('salt');
    expect(JSON.stringify(after?.payload)).not.toContain('21');
    expect(after?.erased).toEqual({ '2020-03-02': { critical: expect.stringMatching(/^[0-9a-f]{64}$/) } });
    expect(after).toMatchObject({ hash: before?.hash, payloadHash: before?.payloadHash });
  });

  it('names what the entry does not have, or no longer has: nothing happens', async () => {
    const refused = await erase(seq, {
      cells: [
        { metric: 'critical', date: '2020-03-02' },
        { metric: 'critical', date: '2020-03-01' },
        { metric: 'quarantine', date: '2020-03-01' },
        { metric: 'constructor', date: '2020-03-01' },
        { metric: 'critical', date: '2021-01-01' },
      ],
    });
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '#/cells/0',
      '#/cells/2',
      '#/cells/3',
      '#/cells/4',
    ]);
    for (const [body, pointer] of [
      [{ items: ['1'] }, '#/items'],
      [{ entryReason: true }, '#/entryReason'],
      [{ cells: [] }, '#'],
      [{ cells: [{ metric: 'critical', date: '2020-02-31' }] }, '#/cells/0/date'],
    ] as const)
      expect(await erase(seq, body)).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
    expect((await get('/api/v1/statistics.json')).body.metrics.critical).toEqual([11, null, 31, 41]);
  });

  it('keeps the numbers of the entry’s corrections, whatever the order of its rows', async () => {
    const revision = 'date,new_cases,critical\n2020-03-04,420,410\n2020-03-01,120,110\n';
    const revised = (await staff('POST', 'import', { body: { figures: revision, reason: 'Revision' } })).body
      .id;
    const idsBefore = (await changes()).map(({ id }: { id: string }) => id);
    const cells = [
      { metric: 'new_cases', date: '2020-03-01' },
      { metric: 'critical', date: '2020-03-04' },
    ];
    await erase(revised, { cells });
    await expectSound();
    const after = await changes();
    expect(after.slice(2).map(({ id }: { id: string }) => id)).toEqual(idsBefore);
    const own = after.filter(({ id }: { id: string }) => id.startsWith(`${revised}-`));
    expect(own.map(({ date, metric, now }: Record<string, unknown>) => [date, metric, now])).toEqual([
      ['2020-03-04', 'new_cases', 420],
      ['2020-03-04', 'critical', null],
      ['2020-03-01', 'new_cases', null],
      ['2020-03-01', 'critical', 110],
    ]);
    expect(own[1]).toMatchObject({ nowErased: true, was: 41, reason: 'Revision' });
    // What the entry replaced can go from the record of the correction too.
    await erase(seq, { cells: [{ metric: 'critical', date: '2020-03-04' }] });
    expect((await changes()).find(({ id }: { id: string }) => id === own[1].id)).toMatchObject({
      ...{ was: null, wasErased: true, nowErased: true },
    });
    await expectSound();
  });

  it('can be followed by one of the rest of the entry', async () => {
    expect(await erase(seq, {})).toMatchObject({ status: 201, body: { figures: 5 } });
    const entries = await expectSound();
    expect(Object.keys(entries[seq - 1] ?? {}).sort()).toEqual(
      ['seq', 'at', 'agency', 'key', 'kind', 'form', 'payloadHash', 'previous', 'hash'].sort(),
    );
    expect((await erase(seq, {})).status).toBe(409);
    const { release } = (await staff('GET', 'status')).body;
    expect((await staff('POST', 'rebuild')).body).toMatchObject({ release: release + 1, faults: [] });
    await expectSound();
  });
});

describe('an erasure that names items', () => {
  it('takes one of an import alone, once it is withdrawn', async () => {
    const titled = (title: string) => ({
      agency: 'it',
      content: newsContent({ title: { ar: title, en: title } }),
    });
    const items = ['One', 'A SECRET name', 'Three'].map(titled);
    const seq = (await staff('POST', 'import', { body: { collection: 'news', items } })).body.id;
    expect((await erase(seq, { items: ['2'] })).status).toBe(409);
    expect((await erase(seq, { items: ['9'] })).body.errors).toMatchObject([{ pointer: '#/items/0' }]);
    await staff('DELETE', 'news/2', { body: { reason: 'Private' } });
    expect(await erase(seq, { items: ['2'] })).toMatchObject({
      status: 201,
      body: { items: 1, figures: 0, url: { en: '/en/news/2' } },
    });
    const entries = await expectSound();
    expect(placesOf('SECRET', entries)).toEqual([]);
    for (const path of ['/api/v1/news.json', '/api/v1/changes.json', '/en/changes/', '/en/news/2'])
      expect(JSON.stringify((await get(path)).body)).not.toContain('SECRET');
    expect((await get('/api/v1/news.json')).body.items.map(({ id }: { id: string }) => id).sort()).toEqual([
      '1',
      '3',
    ]);
    await staff('PATCH', 'news/3', { body: { content: { date: '2021-08-02' }, reason: 'r' } });
    await staff('DELETE', 'news/3', { body: { reason: 'r' } });
    expect((await erase(seq, { items: ['2', '3'] })).status).toBe(422);
    expect((await erase(seq, { items: ['3'] })).status).toBe(201);
    await expectSound();
  });
});

describe('an erasure of an entry’s reason', () => {
  const put = (value: number | null, reason: string) =>
    staff('PUT', 'statistics/2020-05-01', { body: { values: { new_cases: value }, reason } });

  it('takes the reason alone: the record says that there was one, and the figure stays', async () => {
    await put(5, 'first');
    await put(6, 'SECRET-NAME made a mistake');
    const seq = await lastSeq();
    expect(await erase(seq, { entryReason: true })).toMatchObject({
      status: 201,
      body: { changed: ['salt', 'reason'], figures: 0, items: 0, url: { en: '/en/changes/' } },
    });
    const [correction] = await changes();
    expect(correction).toMatchObject({ was: 5, now: 6, reasonErased: true });
    expect(correction).not.toHaveProperty('reason');
    expect((await get('/en/changes/')).body).toContain('Reason: since erased');
    expect(placesOf('SECRET-NAME', await expectSound())).toEqual([]);
    expect((await erase(seq, { entryReason: true })).status).toBe(422);
  });

  it('takes the reason of a withdrawal, and the item stays withdrawn', async () => {
    const { id } = (await staff('POST', 'news', { body: newsContent() })).body;
    await staff('DELETE', `news/${id}`, { body: { reason: 'SECRET-NAME is named' } });
    expect(await erase(await lastSeq(), { entryReason: true })).toMatchObject({
      status: 201,
      body: { url: { en: `/en/news/${id}` } },
    });
    const page = await get(`/en/news/${id}`);
    expect(page.status).toBe(410);
    expect(page.body).not.toContain('SECRET-NAME');
    expect((await changes())[0]).toMatchObject({ kind: 'withdrawal', reasonErased: true });
    expect(placesOf('SECRET-NAME', await expectSound())).toEqual([]);
  });

  it('takes the reason of an edit and of an erasure too', async () => {
    const { id } = (await staff('POST', 'news', { body: newsContent() })).body;
    await staff('PATCH', `news/${id}`, {
      body: { content: { date: '2021-08-01' }, reason: 'SECRET-NAME said so' },
    });
    await erase(await lastSeq(), { entryReason: true });
    expect((await changes())[0]).toMatchObject({
      kind: 'edit',
      reasonErased: true,
      now: { date: '2021-08-01' },
    });
    await put(7, 'r');
    await erase(await lastSeq(), { reason: 'SECRET-NAME sued' });
    const erasure = await lastSeq();
    expect((await erase(erasure, {})).status).toBe(409);
    expect((await erase(erasure, { entryReason: true })).status).toBe(201);
    const [correction] = await changes();
    expect(correction).toMatchObject({ wasErased: true, now: null, reasonErased: true });
    expect(placesOf('SECRET-NAME', await expectSound())).toEqual([]);
  });

  it('goes with the whole entry, and with a figure if the erasure says so', async () => {
    await put(8, 'SECRET-NAME');
    expect(await erase(await lastSeq(), {})).toMatchObject({
      body: { changed: ['salt', 'payload', 'reason'] },
    });
    await put(9, 'r');
    await put(10, 'SECRET-NAME');
    const cells = [{ metric: 'new_cases', date: '2020-05-01' }];
    expect(await erase(await lastSeq(), { cells, entryReason: true })).toMatchObject({
      status: 201,
      body: { changed: ['salt', 'payload', 'reason'], figures: 1 },
    });
    expect(placesOf('SECRET-NAME', await expectSound())).toEqual([]);
    expect(placesOf('SECRET-NAME', await changes())).toEqual([]);
  });
});
