import { beforeAll, describe, expect, it } from 'vitest';
import { aSite } from '../a-site.ts';
import { advanceClock } from '../clock.ts';
import { createKey, get, setUpSite, pacedStaff as staff } from '../staff-client.ts';

const put = (date: string, values: object, fields: object = {}) =>
  staff('PUT', `statistics/${date}`, { body: { values, ...fields } });
const remark = (fields: object = {}) => ({
  metric: 'new_cases',
  kind: 'problem',
  date: '2021-05-20',
  text: { ar: 'نص', en: 'Counted again' },
  ...fields,
});
const pointers = (answer: { body: { errors?: { pointer: string }[] } }) =>
  answer.body.errors?.map(({ pointer }) => pointer).sort();

describe('a remark about a figure', () => {
  let health: string;
  let finance: string;
  const post = (fields: object, key = health) => staff('POST', 'remarks', { key, body: remark(fields) });
  const total = async () => (await get('/api/v1/statistics.json')).body.metrics.total_cases;

  beforeAll(async () => {
    await setUpSite();
    health = (await createKey('health')).key;
    finance = (await createKey('finance')).key;
    await put('2021-05-19', { new_cases: 500_000 });
    await put('2021-05-20', { new_cases: 15_415 });
  }, 30_000);

  it('takes cases off a total, as the refusal of a negative figure says', async () => {
    for (const values of [{ new_cases: -348_840 }, { total_cases: 166_585 }]) {
      const refused = await put('2021-05-20', values);
      expect(refused.status).toBe(422);
      expect(refused.body.errors[0].detail).toContain('POST remarks with kind restatement');
    }
    const imported = await staff('POST', 'import', {
      body: { figures: 'date,new_cases\n2021-05-20,-348840\n' },
    });
    expect(imported.body.errors[0].detail).toContain('POST remarks with kind restatement');

    const added = await post({ kind: 'restatement', amount: -348_840 });
    expect(added, JSON.stringify(added.body)).toMatchObject({
      status: 201,
      body: { url: { en: `/en/data/#remarks-${added.body.id}` } },
    });
    expect(await total()).toEqual([500_010, 166_585]);
    const { body: csv } = await get('/data/statistics.csv');
    expect(csv).toContain('2021-05-20,15415,,,166585');
    // What the site exports, it takes back.
    const again = await staff('POST', 'import', { body: { figures: csv } });
    expect([again.status, again.body.changed]).toEqual([200, []]);

    const path = `remarks/${added.body.id}`;
    const content = remark({ kind: 'restatement', metric: 'total_cases', total: 166_000 });
    expect((await staff('PUT', path, { key: health, body: { content, reason: 'A slip' } })).status).toBe(200);
    expect(await total()).toEqual([500_010, 166_000]);
    expect((await staff('DELETE', path, { key: health, body: { reason: 'Not so' } })).status).toBe(200);
    expect(await total()).toEqual([500_010, 515_425]);
    const page = (await get('/en/changes/')).body;
    expect(page).toContain('Counted again');
    expect(page).toContain('amount');
  });

  it('is for those who report the figure, under the scope of figures', async () => {
    expect(await post({}, finance)).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('new_cases is reported by health') },
    });
    expect((await post({ metric: 'total_cases' }, finance)).status).toBe(403);
    expect((await post({ metric: 'quarantine' }, finance)).status).toBe(201);
    const asIt = { body: remark(), headers: { 'Nashra-Agency': 'it' } };
    expect((await staff('POST', 'remarks', asIt)).status).toBe(403); // the operating agency reports no metrics
    const asHealth = { body: remark(), headers: { 'Nashra-Agency': 'health' } };
    const { id } = (await staff('POST', 'remarks', asHealth)).body;
    const body = { content: { text: { ar: 'غيره' } } };
    expect((await staff('PATCH', `remarks/${id}`, { key: finance, body })).status).toBe(403);
    const limited = async (...scope: string[]) => (await createKey('health', { scope })).key;
    expect((await post({}, await limited('figures'))).status).toBe(201);
    expect((await post({}, await limited('news', 'read'))).status).toBe(403);
    expect((await staff('POST', 'keys', { body: { agency: 'health', scope: ['remarks'] } })).status).toBe(
      422,
    );
    const items = [{ agency: 'finance', content: remark() }];
    const imported = await staff('POST', 'import', { body: { collection: 'remarks', items } });
    expect(pointers(imported)).toEqual(['#/items/0/content/metric']);
  });

  it.each([
    [{ metric: 'nothing' }, ['#/metric']],
    [{ kind: 'adjustment' }, ['#/amount']],
    [{ kind: 'restatement' }, ['#/amount']],
    [{ kind: 'restatement', amount: 1, total: 2 }, ['#/amount']],
    [{ kind: 'adjustment', amount: 0 }, ['#/amount']],
    [{ kind: 'adjustment', amount: 1.5 }, ['#/amount']],
    [{ kind: 'adjustment', amount: -600_000 }, ['#/amount']],
    [{ kind: 'restatement', metric: 'critical', amount: 1 }, ['#/metric']],
    [{ kind: 'restatement', total: -1 }, ['#/total']],
    [{ kind: 'restatement', amount: 1, date: '2999-01-01' }, ['#/date', '#/date']],
    [
      { amount: 1, total: 2, period: { from: '2021-01-01', until: '2021-01-02' } },
      ['#/amount', '#/period', '#/total'],
    ],
    [{ kind: 'break', date: '2010-02-23' }, ['#/date']],
    [
      { kind: 'adjustment', amount: 1, period: { from: '0021-01-01', until: '2021-01-02' } },
      ['#/period/from'],
    ],
    [{ kind: 'break', until: '2021-06-01' }, ['#/until']],
    [{ kind: 'pause', until: '2021-05-19' }, ['#/until']],
  ])('is refused with each of its faults: %j', async (fields, places) => {
    const answer = await post(fields);
    expect([answer.status, pointers(answer)]).toEqual([422, places]);
  });
});

describe('a figure with what else is known of it', () => {
  const date = '2021-06-01';
  const facts = async () => (await staff('GET', `statistics/${date}`)).body.facts;
  const corrections = async () => (await get('/api/v1/changes.json')).body.items.length;
  const level = (fields: object) => ({ critical: { value: 300, at: '08:00', ...fields } });
  const note = { ar: 'قراءة عند الجسر', en: 'Read at the bridge' };

  it('takes a later reading of the day without a reason, and an earlier hour only with one', async () => {
    expect((await put(date, level({ note }))).status).toBe(200);
    const before = await corrections();
    expect(await facts()).toEqual({ critical: { at: '08:00', note } });
    expect((await put(date, level({ value: 342, at: '18:00' }))).status).toBe(200);
    expect([await corrections(), await facts()]).toEqual([before, { critical: { at: '18:00' } }]);
    expect((await put(date, level({ value: 341, at: '18:00' }))).status).toBe(422);
    expect((await put(date, level({ value: 341 }))).status).toBe(422);
    expect((await put(date, { critical: 341 })).status).toBe(422);
    expect((await put(date, level({ value: 341, at: '18:00' }), { reason: 'A slip' })).status).toBe(200);
    expect(await corrections()).toBe(before + 1);
    // The number alone leaves what is known of it.
    expect((await put(date, { critical: 341 })).body.changed).toEqual([]);
    expect(await facts()).toEqual({ critical: { at: '18:00' } });
  });

  it('says that there is nothing to report, which silence does not', async () => {
    const nothing = { new_cases: { value: null, state: 'not-reported' } };
    expect((await put('2021-06-02', { new_cases: null })).body.changed).toEqual([]);
    expect((await put('2021-06-02', nothing)).body.changed).toEqual(['new_cases']);
    expect((await put('2021-06-02', nothing)).body.changed).toEqual([]);
    expect((await get('/api/v1/statistics.json')).body.facts).toContainEqual({
      metric: 'new_cases',
      date: '2021-06-02',
      state: 'not-reported',
    });
    expect((await get('/en/')).body).toContain('The agency reports no figure for');
    expect((await put('2021-06-02', { new_cases: 4 })).status).toBe(200);
  });

  it('loses its note with its number, when it is erased', async () => {
    const secret = { ar: 'سر', en: 'A secret' };
    await put('2021-06-03', {
      critical: { value: 5, note: secret },
      new_cases: { value: null, note: secret },
    });
    const seq = (await staff('GET', 'status')).body.entries;
    const cells = ['critical', 'new_cases'].map((metric) => ({ metric, date: '2021-06-03' }));
    const body = { reason: 'A court', cells };
    expect((await staff('POST', `ledger/${seq}/erasure`, { body })).status).toBe(201);
    expect((await staff('GET', 'statistics/2021-06-03')).body.facts).toBeUndefined();
    for (const path of [
      '/api/v1/statistics.json',
      '/api/v1/ledger.json',
      '/data/statistics.csv',
      '/en/data/',
    ])
      expect(JSON.stringify((await get(path)).body), path).not.toContain('secret');
    const day = (await staff('GET', 'statistics/2021-06-03')).body;
    expect((await staff('POST', 'rebuild')).status).toBe(200);
    expect((await staff('GET', 'statistics/2021-06-03')).body).toEqual(day);
  });

  it.each([
    [{ value: 1, at: '24:00' }, '/at'],
    [{ value: 1, at: '8:00' }, '/at'],
    [{ value: -1 }, '/value'],
    [{ at: '08:00' }, '/value'],
    [{ value: 1, state: 'not-reported' }, ''],
    [{ value: 1, state: 'late' }, '/state'],
    [{ value: null, provisionalUntil: '2021-07-01' }, ''],
    [{ value: 1, note: { fr: 'x' } }, '/note/ar'],
    [{ value: 1, colour: 'red' }, '/colour'],
  ])('is refused with the place of its fault: %j', async (cell, place) => {
    const answer = await put('2021-06-04', { new_cases: cell });
    expect(answer.status).toBe(422);
    expect(pointers(answer)).toContain(`#/values/new_cases${place}`);
  });
});

it('a figure that is due is in the calendar, and late once its grace is over', async () => {
  const metrics = aSite().metrics.map((m) =>
    m.id === 'critical'
      ? { ...m, due: { weekdays: [1, 2, 3, 4, 5, 6, 7], time: '00:00', graceMinutes: 10_080 } }
      : m,
  );
  await setUpSite({ metrics });
  const ics = await get('/calendar.ics');
  expect([ics.status, ics.headers.get('Content-Type')]).toEqual([200, 'text/calendar; charset=utf-8']);
  expect(ics.body.match(/BEGIN:VEVENT\r\n/g)).toHaveLength(14);
  expect((await get('/api/v1/calendar.json')).body.events).toHaveLength(14);
  const late = async () =>
    (await get('/api/v1/bulletin.json')).body.figures.find((f: { metric: string }) => f.metric === 'critical')
      .late;
  const { date } = await late();
  await put(date, { critical: { value: null, state: 'not-reported' } });
  expect(await late()).toBeUndefined();
  // The next day is late by itself, when its own grace is over.
  const tick = async () => {
    advanceClock(86_400_000);
    await staff('POST', 'tick');
  };
  await tick();
  expect((await late()).date > date).toBe(true);
});
