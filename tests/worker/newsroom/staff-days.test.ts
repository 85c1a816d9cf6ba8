import { beforeAll, describe, expect, it } from 'vitest';
import { aSite } from '../a-site.ts';
import { advanceClock } from '../clock.ts';
import { type Answer, createKey, setUpSite, pacedStaff as staff } from '../staff-client.ts';

const put = (date: string, values: unknown, fields: object = {}, options: object = {}) =>
  staff('PUT', `statistics/${date}`, { body: { values, ...fields }, ...options });

describe('GET statistics/today and GET statistics', () => {
  beforeAll(() => setUpSite({ timeZone: 'Pacific/Kiritimati' }));
  const today = async (options: object = {}) => (await staff('GET', 'statistics/today', options)).body;

  it('name the day that the site has, in words, with the day and the week before', async () => {
    const { id, ...day } = await today();
    const on = (days: number) => new Date(Date.parse(id) + days * 86_400_000).toISOString().slice(0, 10);
    const values = { new_cases: null, critical: null, quarantine: null };
    expect(day).toEqual({
      ...{ version: 0, values, timeZone: 'Pacific/Kiritimati' },
      weekday: {
        ar: new Date(id).toLocaleDateString('ar', { weekday: 'long', timeZone: 'UTC' }),
        en: new Date(id).toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' }),
      },
      yesterday: { id: on(-1), version: 0, values },
      lastWeek: { id: on(-7), version: 0, values },
      metrics: ['new_cases', 'critical', 'quarantine'],
      due: [],
    });
    await put(on(-1), { new_cases: 30 });
    await put(on(-7), { critical: 4 });
    expect((await put(id, { new_cases: 31 }, {}, { headers: { 'If-Match': '"0"' } })).status).toBe(200);
    const answer = await staff('GET', 'statistics/today');
    expect(answer.headers.get('ETag')).toBe('"1"');
    expect(answer.body).toMatchObject({
      ...{ values: { new_cases: 31 }, yesterday: { values: { new_cases: 30 } } },
      lastWeek: { version: 1, values: { critical: 4 } },
    });
    expect((await put(on(1), { new_cases: 32 })).status).toBe(422); // tomorrow
    await setUpSite({ timeZone: 'Etc/GMT+12' });
    expect([on(-1), on(-2)]).toContain((await today()).id);
  });

  it('name what is due on the day, of what the key may report', async () => {
    const due = { weekdays: [1, 2, 3, 4, 5, 6, 7], time: '13:00', graceMinutes: 60 };
    const metrics = aSite().metrics.map((metric) => (metric.kind === 'total' ? metric : { ...metric, due }));
    await setUpSite({ timeZone: 'Asia/Kuwait', metrics });
    const { key } = await createKey('health');
    const { id, due: ofHealth, metrics: own } = await today({ key });
    expect(ofHealth).toEqual(own.map((metric: string) => ({ metric, dueAt: `${id}T10:00:00Z` })));
    expect(own).toContain('new_cases');
    expect((await today()).due).toHaveLength(3);
    await setUpSite();
  });

  it('name the metrics that the key may report', async () => {
    const metricsOf = async (agency: string, limits: object = {}) => {
      const { key } = await createKey(agency, limits);
      const { body } = await staff('GET', 'whoami', { key });
      const { status, body: day } = await staff('GET', 'statistics/today', { key });
      if (status === 200) expect(day.metrics).toEqual(body.metrics);
      return [status, body.metrics];
    };
    expect(await metricsOf('finance')).toEqual([200, ['quarantine']]);
    expect(await metricsOf('media')).toEqual([200, []]);
    expect(await metricsOf('health', { scope: ['read'] })).toEqual([200, []]);
    expect(await metricsOf('health', { scope: ['news'] })).toEqual([403, []]);
    const asFinance = await today({ headers: { 'Nashra-Agency': 'finance' } });
    expect(asFinance.metrics).toEqual(['quarantine']);
  });

  it('list every day once, the newest first', async () => {
    const day = (i: number) => new Date(Date.UTC(2020, 5, 1) + i * 86_400_000).toISOString().slice(0, 10);
    const lines = Array.from({ length: 130 }, (_, i) => `${day(i)},${i}`);
    await staff('POST', 'import', { body: { figures: ['date,new_cases', ...lines, ''].join('\n') } });
    const items: { id: string; values: object }[] = [];
    let next: string | null = 'statistics';
    for (; next; next = items.length < 1000 ? next : null) {
      const { body }: Answer = await staff('GET', next);
      items.push(...body.items);
      next = body.next?.replace('/api/v1/staff/', '') ?? null;
    }
    const ids = items.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort().reverse());
    expect(ids).toEqual(expect.arrayContaining(lines.map((line) => line.slice(0, 10))));
    expect(items.find(({ id }) => id === day(77))).toEqual({
      ...{ id: day(77), version: 1, values: { new_cases: 77, critical: null, quarantine: null } },
    });
    expect((await staff('GET', 'statistics?before=yesterday')).status).toBe(422);
  });
});

describe('a key limited to a metric', () => {
  beforeAll(() => setUpSite());

  it('reports it, says things about it, and does nothing of that for other metrics', async () => {
    const { key } = await createKey('health', { scope: ['figures:critical'] });
    const as = { key };
    const write = (values: object) => put('2020-03-01', values, {}, as);
    expect((await write({ critical: 4 })).status).toBe(200);
    const refused = await write({ critical: 5, new_cases: 1 });
    expect(refused.status).toBe(403);
    expect(refused.body.detail).toContain('lacks figures:new_cases');
    expect((await staff('GET', 'whoami', as)).body.metrics).toEqual(['critical']);
    expect((await staff('GET', 'statistics/2020-03-01', as)).status).toBe(200);
    expect((await staff('GET', 'news', as)).status).toBe(403);
    const figures = (csv: string) => staff('POST', 'import', { key, body: { figures: csv } });
    expect((await figures('date,critical\n2020-03-02,4\n')).status).toBe(201);
    expect((await figures('date,critical,new_cases\n2020-03-03,4,9\n')).status).toBe(403);
    const remark = (metric: string) => ({ metric, kind: 'problem', date: '2020-03-01', text: { ar: 'نص' } });
    const own = await staff('POST', 'remarks', { key, body: remark('critical') });
    expect(own.status).toBe(201);
    expect((await staff('POST', 'remarks', { key, body: remark('total_cases') })).status).toBe(403);
    const whole = await createKey('health');
    const other = await staff('POST', 'remarks', { key: whole.key, body: remark('new_cases') });
    const body = { reason: 'r' };
    expect((await staff('DELETE', `remarks/${other.body.id}`, { key, body })).status).toBe(403);
    expect(
      (
        await staff('PUT', `remarks/${other.body.id}`, {
          key,
          body: { ...body, content: remark('critical') },
        })
      ).status,
    ).toBe(403);
    expect((await staff('DELETE', `remarks/${own.body.id}`, { key, body })).status).toBe(200);
  });

  it('is issued only for what its agency reports', async () => {
    const issue = (scope: readonly string[]) => staff('POST', 'keys', { body: { agency: 'media', scope } });
    for (const scope of [
      'figures:critical',
      'figures:total_cases',
      'figures:nothing',
      'figures:',
      'figures:a b',
      'everything',
    ])
      expect(await issue([scope]), scope).toMatchObject({ status: 422 });
  });
});

describe('what is told of a figure beside its number', () => {
  const faults = ({ status, body }: Answer) => [
    status,
    ...(body.errors ?? []).map(
      ({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`,
    ),
  ];
  beforeAll(async () => {
    // A zone in which it is about noon, so that today has hours behind and ahead. Other tests have moved the clock.
    const ahead = 12 - new Date(Date.now()).getUTCHours();
    await setUpSite({ timeZone: `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}` });
  });

  it('is refused if the hour is still to come, in words that say what is right', async () => {
    const { id: today } = (await staff('GET', 'statistics/today')).body;
    const yesterday = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10);
    const refused = await put(today, { critical: { value: 5, at: '23:58' } });
    expect(faults(refused)).toEqual([422, '#/values/critical/at at-after-now']);
    expect(refused.body.errors[0].detail).toMatch(/23:58.*1[12]:\d\d on \d{4}-\d\d-\d\d\. Give the hour/);
    expect(faults(await put(today, { critical: { value: 5, at: '00:01' } }))).toEqual([200]);
    expect(faults(await put(yesterday, { critical: { value: 5, at: '23:58' } }))).toEqual([200]);
  });

  it('is refused if it is provisional until a day before its own, or one that is over', async () => {
    const { id: today } = (await staff('GET', 'statistics/today')).body;
    const on = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
    const until = (day: string, days: number) =>
      put(day, { quarantine: { value: 5, provisionalUntil: on(days) } });
    const pointer = '#/values/quarantine/provisionalUntil';
    expect(faults(await until(today, -1))).toEqual([422, `${pointer} provisional-before-date`]);
    expect(faults(await until(on(-5), -6))).toEqual([422, `${pointer} provisional-before-date`]);
    const over = await until(on(-5), -1);
    expect(faults(over)).toEqual([422, `${pointer} provisional-past`]);
    expect(over.body.errors[0].detail).toContain(`today is ${today}`);
    expect(faults(await until(on(-5), 0))).toEqual([200]);
    expect(faults(await until(today, 3))).toEqual([200]);
    // What is stored already may stay: only then does the day pass.
    advanceClock(2 * 86_400_000);
    const values = { quarantine: { value: 6, provisionalUntil: today } };
    expect(faults(await put(on(-5), values, { reason: 'A slip' }))).toEqual([200]);
    expect(faults(await put(on(-4), values))).toEqual([422, `${pointer} provisional-past`]);
  });

  it('shows the form of a text, if it is a text alone', async () => {
    const day = '2021-01-05';
    const refused = await put(day, { critical: { value: 5, note: 'Counted by hand' } });
    expect(refused.body.errors).toMatchObject([
      { pointer: '#/values/critical/note', detail: 'must be texts by language, such as {"ar":"…"}' },
    ]);
    for (const text of ['x', 7, null, ['x']]) {
      const remark = { metric: 'critical', kind: 'problem', date: day, text };
      const { errors } = (await staff('POST', 'remarks', { body: remark })).body;
      expect(errors).toMatchObject([{ pointer: '#/text', detail: expect.stringContaining('{"ar":"…"}') }]);
    }
    const { errors } = (await staff('PUT', 'site', { body: aSite({ notice: 'x' }) })).body;
    expect(errors).toMatchObject([{ pointer: '#/notice', detail: expect.stringContaining('{"ar":"…"}') }]);
  });
});
