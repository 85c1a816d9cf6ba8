import { beforeAll, describe, expect, it } from 'vitest';
import { get, newsContent, setUpSite, pacedStaff as staff } from '../staff-client.ts';

const importFigures = (csv: string, fields: object = {}) =>
  staff('POST', 'import', { body: { figures: csv, ...fields } });
const importNews = (items: unknown[], fields: object = {}) =>
  staff('POST', 'import', { body: { collection: 'news', items, ...fields } });

describe('an import', () => {
  beforeAll(() => setUpSite());

  it('adds a series in one entry and one publish, and leaves changes.json empty', async () => {
    const statusBefore = (await staff('GET', 'status')).body;
    const answer = await importFigures('date,new_cases,critical\n2020-03-01,1,\n2020-03-02,2,4\n');
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ version: 1, release: statusBefore.release + 1, figures: 3 });
    expect((await staff('GET', 'status')).body.entries).toBe(statusBefore.entries + 1);
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

  it('of the site’s own CSV changes nothing', async () => {
    const csv = (await get('/data/statistics.csv')).body;
    const { entries } = (await staff('GET', 'status')).body;
    const answer = await importFigures(csv);
    expect(answer).toMatchObject({ status: 200, body: { figures: 0 } });
    expect((await staff('GET', 'status')).body.entries).toBe(entries);
  });

  it('adds all figures or none, and names the cell of each fault', async () => {
    const answer = await importFigures(
      'date,new_cases,critical\n2020-03-05,5,\n2020-03-06,x,1\n2020-02-30,1,1\n2020-03-07,-1\n',
    );
    expect(answer.status).toBe(422);
    const details = (faulty: typeof answer) => faulty.body.errors.map((e: { detail: string }) => e.detail);
    expect(details(answer)).toEqual([
      'row 3, column B: “x” is not a number: write digits alone, with a point before decimals, or leave the cell empty',
      'row 4, column A: “2020-02-30” is not a date that can be read: write it as YYYY-MM-DD',
      'row 5: the row is shorter than the header (2 cells, not 3)',
    ]);
    expect(answer.body.errors[0]).toMatchObject({
      pointer: '#/figures',
      code: 'number-unreadable',
      params: { row: 3, column: 'B', cell: 'x', metric: 'new_cases' },
    });
    expect((await get('/api/v1/statistics.json')).body.dates).not.toContain('2020-03-05');
    expect(details(await importFigures('day,new_cases\n'))).toEqual(['row 1: no column is named date']);
    const manyFaults = await importFigures('date,nonsense,critical\n2020-03-05,x,1.5\n2020-13-01,1,1\n');
    expect(details(manyFaults)).toEqual([
      expect.stringMatching(
        /^row 1, column B: “nonsense” is not a metric of this site: write one of new_cases, /,
      ),
      'row 2, column C: “1.5” has more decimals (1) than critical can have (0)',
      expect.stringMatching(/^row 3, column A: “2020-13-01” is not a date/),
    ]);
    expect((await importFigures('date,new_cases\n2999-01-01,1\n')).status).toBe(422);
  });

  it('is refused if a total differs from the sum of the figures', async () => {
    const wrongTotal = await importFigures('date,new_cases,total_cases\n2020-03-03,3,17\n');
    expect(wrongTotal.body.errors[0].detail).toContain(
      'row 2, column C: from 2020-03-03 on, total_cases (17) is not the sum of the figures (16)',
    );
    expect((await importFigures('date,new_cases,total_cases\n2020-03-03,3,16\n')).status).toBe(201);
  });

  it('needs a reason to change a public figure', async () => {
    expect((await importFigures('date,new_cases\n2020-03-01,4\n')).body.errors[0].pointer).toBe('#/reason');
    expect((await importFigures('date,new_cases\n2020-03-01,4\n', { reason: 'Recount' })).status).toBe(201);
    expect((await get('/api/v1/changes.json')).body.items).toMatchObject([
      { was: 1, now: 4, reason: 'Recount' },
    ]);
  });

  it('adds items with their original times, each for its agency', async () => {
    const answer = await importNews([
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

  it('names the place of each fault in an item', async () => {
    const answer = await importNews([
      { agency: 'media', content: newsContent() },
      { agency: 'nobody', content: newsContent({ date: 'x' }) },
      { agency: 'media', publishedAt: '2999-01-01T00:00:00Z', content: newsContent() },
    ]);
    expect(answer.body.errors.map((e: { pointer: string }) => e.pointer)).toEqual([
      '#/items/1/content/date',
      '#/items/1/agency',
      '#/items/2/publishedAt',
    ]);
    expect((await importNews([{ agency: 'nobody', content: newsContent() }])).body.errors[0].pointer).toBe(
      '#/items/0/agency',
    );
  });

  it('changes nothing in a dry run', async () => {
    const { entries } = (await staff('GET', 'status')).body;
    const answer = await importFigures('date,new_cases\n2020-03-09,4\n', { dryRun: true });
    expect(answer).toMatchObject({ status: 200, body: { dryRun: true, figures: 1 } });
    expect((await importFigures('date,new_cases\n2020-03-09,z\n', { dryRun: true })).status).toBe(422);
    expect((await staff('GET', 'status')).body.entries).toBe(entries);
  });

  it('has figures or items of a known collection, not both', async () => {
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
  const importAs = (agency: string, csv: string, fields: object = {}) =>
    staff('POST', 'import', { body: { figures: csv, ...fields }, headers: { 'Nashra-Agency': agency } });
  const corrections = async () =>
    (await get('/api/v1/changes.json')).body.items.map((item: Record<string, unknown>) => [
      item.metric,
      item.agency,
      item.now,
    ]);

  it('in a correction is the agency that reports the figure, whoever imports the file', async () => {
    await importAs('health', 'date,new_cases,quarantine\n2020-05-01,1,1\n');
    const reason = 'A recount';
    expect((await importFigures('date,new_cases,quarantine\n2020-05-01,2,2\n', { reason })).status).toBe(201);
    expect((await corrections()).slice(0, 2)).toEqual([
      ['quarantine', 'finance', 2],
      ['new_cases', 'health', 2],
    ]);
    // A correction of a shared metric names the importing agency; of any other metric, the metric's agency.
    expect((await importAs('health', 'date,new_cases,quarantine\n2020-05-01,3,3\n', { reason })).status).toBe(
      201,
    );
    expect(
      (await importAs('finance', 'date,new_cases,quarantine\n2020-05-01,4,4\n', { reason })).status,
    ).toBe(201);
    expect((await corrections()).slice(0, 4)).toEqual([
      ['quarantine', 'finance', 4],
      ['new_cases', 'health', 4],
      ['quarantine', 'health', 3],
      ['new_cases', 'health', 3],
    ]);
  });

  it('is refused if all columns are totals, and the answer says that no agency reports them', async () => {
    const answer = await importAs('media', 'date,total_cases\n2020-05-02,1\n');
    expect(answer).toMatchObject({
      status: 403,
      body: {
        detail:
          'the columns total_cases hold only totals, which are derived and reported by no agency, but this call acts for media',
      },
    });
  });

  it('is refused if it reports none of the columns, and nothing changes', async () => {
    const { entries } = (await staff('GET', 'status')).body;
    const answer = await importAs('media', 'date,new_cases,critical\n2020-05-02,1,1\n');
    expect(answer.status).toBe(403);
    expect(answer.body.detail).toContain('health');
    expect(answer.body.detail).toContain('media');
    expect((await staff('GET', 'status')).body.entries).toBe(entries);
  });
});
