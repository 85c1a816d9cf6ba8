import { beforeAll, describe, expect, it } from 'vitest';
import { createKey, get, setUpSite, pacedStaff as staff } from '../staff-client.ts';

const put = (date: string, values: unknown, fields: object = {}, options: object = {}) =>
  staff('PUT', `statistics/${date}`, { body: { values, ...fields }, ...options });

describe('PUT statistics/{date}', () => {
  beforeAll(() => setUpSite());

  it('sets the given figures, keeps the others, and readers see them', async () => {
    const first = await put('2020-03-01', { new_cases: 5, critical: 1 });
    expect(first.status).toBe(200);
    expect(first.body).toEqual({
      id: '2020-03-01',
      version: 1,
      release: expect.any(Number),
      changed: ['new_cases', 'critical'],
      url: { ar: '/ar/data/', en: '/en/data/' },
    });
    expect(first.headers.get('ETag')).toBe('"1"');
    expect(first.headers.get('Cache-Control')).toBe('no-store');
    const second = await put('2020-03-01', { quarantine: 0 });
    expect(second.body.version).toBe(2);
    expect((await staff('GET', 'statistics/2020-03-01')).body).toEqual({
      id: '2020-03-01',
      version: 2,
      values: { new_cases: 5, critical: 1, quarantine: 0 },
    });
    const { body } = await get('/api/v1/statistics.json');
    expect(body.dates).toEqual(['2020-03-01']);
    expect(body.metrics).toEqual({ new_cases: [5], critical: [1], quarantine: [0], total_cases: [15] });
  });

  it('is in the figures of each language at once, which are in the release that is signed', async () => {
    await put('2020-03-01', { new_cases: 5 });
    for (const language of ['ar', 'en']) {
      const { status, body, headers } = await get(`/api/v1/figures/${language}.json`);
      expect(status).toBe(200);
      expect(body).toMatchObject({ language, date: '2020-03-01', breaking: [] });
      expect(body.figures[0]).toMatchObject({ metric: 'new_cases', text: '5', state: 'reported' });
      expect(String(body.release)).toBe(headers.get('Nashra-Release'));
      expect(headers.get('ETag')).toMatch(/^"/);
    }
    expect((await get('/api/v1/figures/fr.json')).status).toBe(404);
  });

  it('adds no entry when nothing changes', async () => {
    await put('2020-03-02', { new_cases: 7 });
    const { entries } = (await staff('GET', 'status')).body;
    const repeated = await put('2020-03-02', { new_cases: 7 });
    expect(repeated.status).toBe(200);
    expect(repeated.body.version).toBe(1);
    expect((await staff('GET', 'status')).body.entries).toBe(entries);
  });

  it('needs a reason to change a public figure, and publishes the reason', async () => {
    await put('2020-03-03', { new_cases: 8 });
    const withoutReason = await put('2020-03-03', { new_cases: 9 });
    expect(withoutReason.status).toBe(422);
    expect(withoutReason.body.errors).toMatchObject([
      {
        pointer: '#/reason',
        detail: expect.stringContaining('new_cases of 2020-03-03 is 8'),
        code: 'reason-required',
        params: { count: 1 },
      },
    ]);
    const corrected = await put('2020-03-03', { new_cases: 9 }, { reason: 'Counted again' });
    expect(corrected.status).toBe(200);
    const { items } = (await get('/api/v1/changes.json')).body;
    expect(items[0]).toEqual({
      id: expect.any(String),
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      agency: 'health',
      kind: 'figure',
      metric: 'new_cases',
      date: '2020-03-03',
      was: 8,
      now: 9,
      reason: 'Counted again',
      release: corrected.body.release,
    });
  });

  it('accepts null for "not reported", which no public document shows as zero', async () => {
    await put('2020-03-04', { new_cases: 0 });
    await put('2020-03-05', { new_cases: 3 });
    await put('2020-03-05', { new_cases: null }, { reason: 'Withdrawn' });
    const { body } = await get('/api/v1/statistics.json');
    const index = body.dates.indexOf('2020-03-04');
    expect(body.metrics.new_cases[index]).toBe(0);
    expect(body.dates).not.toContain('2020-03-05');
  });

  it('lists every fault with its place', async () => {
    const answer = await put(
      '2020-03-06',
      { deaths: 1, new_cases: -1, critical: 1.5, total_cases: 4, quarantine: '3' },
      { x: 1, y: 2 },
    );
    expect(answer.status).toBe(422);
    expect(answer.headers.get('Content-Type')).toMatch(/^application\/problem\+json/);
    const pointers = answer.body.errors.map((e: { pointer: string }) => e.pointer).sort();
    expect((await put('2020-03-06', [1])).status).toBe(422);
    expect((await put('2020-03-06', { new_cases: 10 ** 12 + 1 })).status).toBe(422);
    expect(pointers).toEqual([
      '#/values/critical',
      '#/values/deaths',
      '#/values/new_cases',
      '#/values/quarantine',
      '#/values/total_cases',
      '#/x',
      '#/y',
    ]);
  });

  it.each([
    ['2020-02-23', 'before the site'],
    ['2999-01-01', 'after the site'],
  ])('refuses a date out of range: %s', async (date, words) => {
    const answer = await put(date, { new_cases: 1 });
    expect(answer.status).toBe(422);
    expect(answer.body.errors[0].detail).toContain(words);
  });

  it('refuses a call with an outdated version', async () => {
    await put('2020-03-07', { new_cases: 1 });
    const stale = await put('2020-03-07', { critical: 1 }, {}, { headers: { 'If-Match': '"7"' } });
    expect(stale.status).toBe(412);
    expect(JSON.stringify(stale.body)).toContain('\\"1\\"');
    expect((await put('2020-03-07', { critical: 1 }, {}, { headers: { 'If-Match': '"1"' } })).status).toBe(
      200,
    );
    expect((await put('2020-03-08', { critical: 1 }, {}, { headers: { 'If-Match': '*' } })).status).toBe(412);
    expect((await staff('GET', 'statistics/2020-03-08')).headers.get('ETag')).toBe('"0"');
    const [first, second] = await Promise.all(
      [1, 2].map((critical) =>
        put('2020-03-08', { critical }, { reason: 'r' }, { headers: { 'If-Match': '"0"' } }),
      ),
    );
    expect([first?.status, second?.status]).toEqual([200, 412]); // only one call can be the first for a day
  });

  it('lets an agency report its own metrics only', async () => {
    const finance = await createKey('finance');
    expect((await put('2020-03-09', { quarantine: 4 }, {}, { key: finance.key })).status).toBe(200);
    expect((await put('2020-03-09', { new_cases: 4 }, {}, { key: finance.key })).status).toBe(403);
    expect(
      (await put('2020-03-09', { quarantine: 5, new_cases: 4 }, { reason: 'x' }, { key: finance.key }))
        .status,
    ).toBe(403);
    const asHealth = await put(
      '2020-03-09',
      { new_cases: 4 },
      {},
      { headers: { 'Nashra-Agency': 'health' } },
    );
    expect(asHealth.status).toBe(200);
    const asNobody = await staff('PUT', 'statistics/2020-03-10', {
      body: { values: { new_cases: 4 } },
      headers: { 'Nashra-Agency': 'it' },
    });
    expect(asNobody.status).toBe(403); // the operating agency reports no metrics
    const asFinance = await put(
      '2020-03-10',
      { new_cases: 4 },
      {},
      { headers: { 'Nashra-Agency': 'finance' } },
    );
    expect(asFinance.status).toBe(403);
  });

  it('recognizes a repeated request with its JSON in another order and spacing', async () => {
    const headers = { 'Idempotency-Key': 'night-shift-0' };
    const bodies = [
      '{"values":{"new_cases":4,"critical":2}}',
      '{ "values": { "critical": 2, "new_cases": 4.0 } }',
    ];
    const [first, repeated] = [
      await staff('PUT', 'statistics/2020-03-16', { body: bodies[0], headers }),
      await staff('PUT', 'statistics/2020-03-16', { body: bodies[1], headers }),
    ];
    expect(first.status).toBe(200);
    expect(repeated).toMatchObject({ status: 200, body: first.body });
  });

  it('gives a repeated request with the same Idempotency-Key the first answer', async () => {
    const headers = { 'Idempotency-Key': 'night-shift-1' };
    const first = await put('2020-03-11', { new_cases: 6 }, {}, { headers });
    const repeated = await put('2020-03-11', { new_cases: 6 }, {}, { headers });
    expect(repeated).toMatchObject({ status: first.status, body: first.body });
    await put('2020-03-13', { new_cases: 1 });
    const later = await put('2020-03-11', { new_cases: 6 }, {}, { headers });
    expect(later.body).toEqual(first.body); // with the release of the first answer, not the current release
    const other = await put('2020-03-11', { new_cases: 7 }, {}, { headers });
    expect(other.status).toBe(422);
    const refused = await put(
      '2020-03-12',
      { deaths: 7 },
      {},
      { headers: { 'Idempotency-Key': 'night-shift-2' } },
    );
    expect(refused.status).toBe(422);
    expect(
      (await put('2020-03-12', { new_cases: 7 }, {}, { headers: { 'Idempotency-Key': 'night-shift-2' } }))
        .status,
    ).toBe(200);
  });

  it.each([
    ['a number too large for any', 422, '{"values":{"new_cases":1e999}}'],
    ['a body nested 500,000 deep', 400, `{"values":${'['.repeat(500_000)}${']'.repeat(500_000)}}`],
    ['half of a surrogate pair', 422, '{"values":{"new_cases":1},"reason":"\\ud800"}'],
  ])('names the same faults in %s with an Idempotency-Key and without', async (name, status, body) => {
    const headers = { 'Idempotency-Key': name.replaceAll(' ', '-') };
    const [keyed, plain] = [
      await staff('PUT', 'statistics/2020-03-14', { body, headers }),
      await staff('PUT', 'statistics/2020-03-14', { body }),
    ];
    expect(keyed.status).toBe(status);
    expect(keyed.body).toEqual(plain.body);
  });

  it('repeats the first release number for a call that changed nothing and for a call that issued a key', async () => {
    await put('2020-03-15', { new_cases: 6 });
    const unchanged = () =>
      put('2020-03-15', { new_cases: 6 }, {}, { headers: { 'Idempotency-Key': 'nothing-new' } });
    const issued = () =>
      staff('POST', 'keys', { body: { agency: 'media' }, headers: { 'Idempotency-Key': 'a-key' } });
    const firstAnswers = [await unchanged(), await issued()];
    await put('2020-03-16', { new_cases: 1 });
    const repeatedAnswers = [await unchanged(), await issued()];
    expect(repeatedAnswers.map(({ body }) => body.release)).toEqual(
      firstAnswers.map(({ body }) => body.release),
    );
    expect(firstAnswers[0]?.body.release).toEqual(expect.any(Number));
  });

  it('shows in a dry run what would change, to an agency too, and changes nothing', async () => {
    const { key } = await createKey('health');
    await put('2020-03-20', { new_cases: 5, critical: 2 });
    const { entries } = (await staff('GET', 'status')).body;
    const dryRun = (values: object) =>
      staff('PUT', 'statistics/2020-03-20', { key, body: { values, dryRun: true } });
    const answer = await dryRun({ critical: null, new_cases: 75_200, quarantine: null });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        id: '2020-03-20',
        version: 1,
        dryRun: true,
        changed: [],
        changes: [
          { date: '2020-03-20', metric: 'new_cases', was: 5, now: 75_200 },
          { date: '2020-03-20', metric: 'critical', was: 2, now: null },
        ],
        totals: [{ metric: 'total_cases', date: '2020-03-20' }],
        notes: [
          { code: 'reason-needed', params: { count: 2 } },
          { code: 'far-above', metric: 'new_cases', params: { value: 75_200, highest: 9 } },
        ],
      },
    });
    const [{ was, now }] = answer.body.totals;
    expect(now - was).toBe(75_195);
    expect((await dryRun({ new_cases: -1 })).body.errors).toMatchObject([
      { pointer: '#/values/new_cases', code: 'value-negative', params: {} },
    ]);
    expect((await dryRun({ new_cases: 5 })).body).toMatchObject({
      changes: [],
      totals: [],
      notes: [{ id: 'nothing-changes' }],
    });
    expect((await put('2020-03-20', { new_cases: 5 })).body.notes).toMatchObject([{ id: 'nothing-changes' }]);
    const foreign = {
      key: (await createKey('finance')).key,
      body: { values: { critical: 1 }, dryRun: true },
    };
    expect((await staff('PUT', 'statistics/2020-03-20', foreign)).status).toBe(403);
    expect((await staff('GET', 'status')).body.entries).toBe(entries);
  });

  it('says of an address without a date that it has none', async () => {
    const answer = await staff('PUT', 'statistics/04-08-2021', { body: { values: {} } });
    expect(answer).toMatchObject({
      status: 404,
      body: { detail: '04-08-2021 is not a date: write it as YYYY-MM-DD' },
    });
  });
});
