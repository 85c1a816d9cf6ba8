import { beforeAll, describe, expect, it } from 'vitest';
import { get, newsContent, setUpSite, pacedStaff as staff } from '../staff-client.ts';

const figures = (csv: string, more: object = {}) =>
  staff('POST', 'import', { body: { figures: csv, ...more } });
const items = (list: unknown[], more: object = {}) =>
  staff('POST', 'import', { body: { collection: 'news', items: list, ...more } });

describe('import', () => {
  beforeAll(() => setUpSite());

  it('takes a series in one entry and one publish, and leaves changes.json empty', async () => {
    const before = (await staff('GET', 'status')).body;
    const answer = await figures('date,new_cases,critical\n2020-03-01,1,\n2020-03-02,2,4\n');
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ version: 1, release: before.release + 1, figures: 3 });
    expect((await staff('GET', 'status')).body.entries).toBe(before.entries + 1);
    expect(
      (await staff('GET', answer.headers.get('Location')?.replace('/api/v1/staff/', '') ?? '')).body,
    ).toMatchObject({
      seq: Number(answer.body.id),
      kind: 'figures',
    });
    expect((await get('/api/v1/statistics.json')).body.metrics).toMatchObject({
      new_cases: [1, 2],
      critical: [null, 4],
      total_cases: [11, 13],
    });
    expect((await get('/api/v1/changes.json')).body).toEqual({ items: [], next: null });
  });

  it('takes its own CSV back and finds nothing new', async () => {
    const csv = (await get('/data/statistics.csv')).body;
    const { entries } = (await staff('GET', 'status')).body;
    const answer = await figures(csv);
    expect(answer).toMatchObject({ status: 200, body: { figures: 0 } });
    expect((await staff('GET', 'status')).body.entries).toBe(entries);
  });

  it('is all or nothing, and a fault names its cell', async () => {
    const answer = await figures(
      'date,new_cases,critical\n2020-03-05,5,\n2020-03-06,x,1\n2020-02-30,1,1\n2020-03-07,-1\n',
    );
    expect(answer.status).toBe(422);
    const details = answer.body.errors.map((e: { detail: string }) => e.detail);
    expect(details).toEqual([
      expect.stringMatching(/^line 3, new_cases: /),
      expect.stringMatching(/^line 4, date: /),
      expect.stringMatching(/^line 5: has 2 columns/),
    ]);
    expect((await get('/api/v1/statistics.json')).body.dates).not.toContain('2020-03-05');
    expect((await figures('day,new_cases\n')).body.errors[0].detail).toMatch(/^line 1: /);
    const both = await figures('date,nonsense,critical\n2020-03-05,x,1.5\n2020-13-01,1,1\n');
    expect(both.body.errors.map((e: { detail: string }) => e.detail)).toEqual([
      expect.stringMatching(/^line 1: nonsense/),
      expect.stringMatching(/^line 2, nonsense: /),
      expect.stringMatching(/^line 2, critical: /),
      expect.stringMatching(/^line 3, date: /),
    ]);
    expect((await figures('date,new_cases\n2999-01-01,1\n')).status).toBe(422);
  });

  it('checks totals and never stores them', async () => {
    const wrong = await figures('date,new_cases,total_cases\n2020-03-03,3,17\n');
    expect(wrong.body.errors[0].detail).toContain(
      '2020-03-03, total_cases: 17 is not the sum of the figures, 16',
    );
    expect((await figures('date,new_cases,total_cases\n2020-03-03,3,16\n')).status).toBe(201);
  });

  it('wants a reason to change what is public', async () => {
    expect((await figures('date,new_cases\n2020-03-01,4\n')).body.errors[0].pointer).toBe('#/reason');
    expect((await figures('date,new_cases\n2020-03-01,4\n', { reason: 'Recount' })).status).toBe(201);
    expect((await get('/api/v1/changes.json')).body.items).toMatchObject([
      { was: 1, now: 4, reason: 'Recount' },
    ]);
  });

  it('takes items with their past, each for its agency', async () => {
    const answer = await items([
      { agency: 'media', publishedAt: '2020-03-01T11:00:00Z', content: newsContent({ date: '2020-03-01' }) },
      {
        agency: 'health',
        publishedAt: '2020-03-02T14:00:00+03:00',
        content: newsContent({ date: '2020-03-02' }),
      },
    ]);
    expect(answer.status).toBe(201);
    const list = (await get('/api/v1/news.json')).body.items;
    expect(list).toMatchObject([
      { agency: 'health', publishedAt: '2020-03-02T11:00:00Z', date: '2020-03-02' },
      { agency: 'media', publishedAt: '2020-03-01T11:00:00Z', date: '2020-03-01' },
    ]);
  });

  it('names each faulty item', async () => {
    const answer = await items([
      { agency: 'media', content: newsContent() },
      { agency: 'nobody', content: newsContent({ date: 'x' }) },
      { agency: 'media', publishedAt: '2999-01-01T00:00:00Z', content: newsContent() },
    ]);
    expect(answer.body.errors.map((e: { pointer: string }) => e.pointer)).toEqual([
      '#/items/1/content/date',
      '#/items/1/agency',
      '#/items/2/publishedAt',
    ]);
    expect((await items([{ agency: 'nobody', content: newsContent() }])).body.errors[0].pointer).toBe(
      '#/items/0/agency',
    );
  });

  it('only looks when asked for a dry run', async () => {
    const { entries } = (await staff('GET', 'status')).body;
    const answer = await figures('date,new_cases\n2020-03-09,4\n', { dryRun: true });
    expect(answer).toMatchObject({ status: 200, body: { dryRun: true, figures: 1 } });
    expect((await figures('date,new_cases\n2020-03-09,z\n', { dryRun: true })).status).toBe(422);
    expect((await staff('GET', 'status')).body.entries).toBe(entries);
  });

  it('wants figures or items, not both', async () => {
    expect((await staff('POST', 'import', { body: {} })).status).toBe(422);
    expect(
      (await staff('POST', 'import', { body: { figures: 'date\n', items: [], collection: 'news' } })).status,
    ).toBe(422);
    expect(
      (await staff('POST', 'import', { body: { collection: 'nothing', items: [] } })).body.errors[0].pointer,
    ).toBe('#/collection');
  });
});

describe('the agency of an import of figures', () => {
  beforeAll(() => setUpSite());
  const named = (agency: string, csv: string, more: object = {}) =>
    staff('POST', 'import', { body: { figures: csv, ...more }, headers: { 'Nashra-Agency': agency } });
  const corrections = async () =>
    (await get('/api/v1/changes.json')).body.items.map((item: Record<string, unknown>) => [
      item.metric,
      item.agency,
      item.now,
    ]);

  it('on a correction is the one that reports the figure, whoever brings the file', async () => {
    await named('health', 'date,new_cases,quarantine\n2020-05-01,1,1\n');
    const reason = 'A recount';
    expect((await figures('date,new_cases,quarantine\n2020-05-01,2,2\n', { reason })).status).toBe(201);
    expect((await corrections()).slice(0, 2)).toEqual([
      ['quarantine', 'finance', 2],
      ['new_cases', 'health', 2],
    ]);
    // Of a metric that two agencies report, the one that acts; and what it does not report is still its owner's.
    expect((await named('health', 'date,new_cases,quarantine\n2020-05-01,3,3\n', { reason })).status).toBe(
      201,
    );
    expect((await named('finance', 'date,new_cases,quarantine\n2020-05-01,4,4\n', { reason })).status).toBe(
      201,
    );
    expect((await corrections()).slice(0, 4)).toEqual([
      ['quarantine', 'finance', 4],
      ['new_cases', 'health', 4],
      ['quarantine', 'health', 3],
      ['new_cases', 'health', 3],
    ]);
  });

  it('is refused where it reports none of the columns, and nothing changes', async () => {
    const { entries } = (await staff('GET', 'status')).body;
    const answer = await named('media', 'date,new_cases,critical\n2020-05-02,1,1\n');
    expect(answer.status).toBe(403);
    expect(answer.body.detail).toContain('health');
    expect(answer.body.detail).toContain('media');
    expect((await staff('GET', 'status')).body.entries).toBe(entries);
  });
});
