import { beforeAll, describe, expect, it } from 'vitest';
import { createKey, get, type StaffCallOptions, setUpSite, pacedStaff as staff } from '../staff-client.ts';

describe('a file of figures', () => {
  beforeAll(() => setUpSite());
  const send = (csv: string | Uint8Array, query = '', options: StaffCallOptions = {}) =>
    staff('POST', `import${query}`, {
      body: csv,
      ...options,
      headers: { 'Content-Type': 'text/csv; charset=utf-8', ...options.headers },
    });
  const entries = async () => (await staff('GET', 'status')).body.entries;

  it('is taken as it is, and a dry run shows what it would change, the new totals and how it was read', async () => {
    await send('date,new_cases,critical\n2020-03-01,10,1\n2020-03-02,20,2\n');
    const before = await entries();
    const file = '\ufeffالتاريخ;new cases;Critical\r\n02/03/2020;21;2\r\n13/03/2020;٥;\r\n';
    const answer = await send(file, '?dryRun');
    expect(answer).toMatchObject({
      status: 200,
      body: {
        dryRun: true,
        figures: 2,
        changes: [
          { date: '2020-03-02', metric: 'new_cases', was: 20, now: 21 },
          { date: '2020-03-13', metric: 'new_cases', was: null, now: 5 },
        ],
        first: '2020-03-02',
        last: '2020-03-13',
        totals: [{ metric: 'total_cases', date: '2020-03-13', was: 40, now: 46 }],
        file: {
          separator: 'semicolon',
          header: 1,
          dates: 'DD/MM/YYYY',
          columns: { A: 'date', B: 'new_cases' },
        },
      },
    });
    expect(answer.body.notes.map(({ code }: { code: string }) => code)).toEqual([
      'dates-read',
      'reason-needed',
    ]);
    expect(await entries()).toBe(before);
    expect((await send(file)).body.errors).toMatchObject([{ pointer: '#/reason', code: 'reason-required' }]);
    const reason = 'إعادة عدّ';
    const written = await send(file, `?reason=${encodeURIComponent(reason)}`);
    expect(written).toMatchObject({
      status: 201,
      body: { figures: 2, first: '2020-03-02', last: '2020-03-13' },
    });
    // A kept answer has no figure: what is erased must not live on in it.
    expect(Object.keys(written.body).sort()).toEqual(
      'changed figures first id last notes release url version'.split(' '),
    );
    expect(JSON.stringify(written.body.notes)).not.toMatch(/\b2[01]\b(?!\/)/);
    expect((await get('/api/v1/changes.json')).body.items).toMatchObject([{ was: 20, now: 21, reason }]);
  });

  it('of 250 changes shows 200, and how many more there are', async () => {
    const days = Array.from({ length: 250 }, (_, i) =>
      new Date(Date.UTC(2020, 3, 1 + i)).toISOString().slice(0, 10),
    );
    const { body } = await send(
      `date,critical\n${days.map((date) => `${date},7\n`).join('')}`,
      '?dryRun=true',
    );
    expect(body).toMatchObject({
      figures: 250,
      moreChanges: 50,
      totals: [],
      first: days[0],
      last: days.at(-1),
    });
    expect(body.changes).toHaveLength(200);
  });

  it('that changes nothing says so, and that empty cells clear no figure', async () => {
    for (const query of ['', '?dryRun=true']) {
      const answer = await send('date,new_cases,critical\n2020-03-01,10,\n2020-03-02,,\n', query);
      expect(answer).toMatchObject({ status: 200, body: { figures: 0, changes: [] } });
      expect(answer.body.notes.map(({ code }: { code: string }) => code)).toEqual([
        'cells-empty',
        'nothing-changes',
      ]);
    }
    for (const empty of ['date,new_cases\n', 'date,new_cases\n2020-03-09,\n'])
      expect((await send(empty)).body.notes).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ id: 'nothing-changes' }),
          expect.objectContaining({ detail: expect.stringMatching(/^there is no figure here/) }),
        ]),
      );
    const nothing = await send('');
    expect([nothing.status, nothing.body.detail]).toEqual([
      400,
      'the body is empty, but this call needs a file of figures in CSV, or JSON',
    ]);
  });

  it('takes figures back, and says that nothing is reported, by words', async () => {
    const day = async (date: string) => (await staff('GET', `statistics/${date}`)).body;
    await send('date,new_cases,critical\n2020-02-27,30,3\n2020-02-28,,4\n');
    const file = 'date,new_cases,critical\n2020-02-27,taken back,\n2020-02-28,لم يُعلن,4\n';
    const dry = await send(file, '?dryRun');
    expect(dry.body.changes).toEqual([
      { date: '2020-02-27', metric: 'new_cases', was: 30, now: null },
      expect.objectContaining({ date: '2020-02-28', metric: 'new_cases', was: null, now: null }),
    ]);
    expect(dry.body.notes.map(({ code }: { code: string }) => code)).toEqual([
      'reason-needed',
      'cells-empty',
      'cells-not-reported',
      'cells-taken-back',
    ]);
    expect((await send(file)).body.errors).toMatchObject([{ code: 'reason-required' }]);
    expect((await send(file, '?reason=Counted+twice')).status).toBe(201);
    expect((await day('2020-02-27')).values).toMatchObject({ new_cases: null, critical: 3 });
    expect((await day('2020-02-28')).facts).toEqual({ new_cases: { state: 'not-reported' } });
    expect((await send(file)).body.notes).toContainEqual(expect.objectContaining({ id: 'nothing-changes' }));
    const reason = 'For+the+tests+below';
    await send(
      'date,new_cases,critical\n2020-02-27,taken back,taken back\n2020-02-28,,taken back\n',
      `?reason=${reason}`,
    );
  });

  it('of the site itself goes in with one figure corrected, and its totals are worked out again', async () => {
    const csv: string = (await get('/data/statistics.csv')).body;
    const corrected = csv.replace('2020-03-01,10,', '2020-03-01,11,');
    const dry = await send(corrected, '?dryRun=true');
    expect(dry).toMatchObject({ status: 200, body: { figures: 1, totals: [{ was: 46, now: 47 }] } });
    expect(dry.body.notes.map(({ code }: { code: string }) => code)).toEqual([
      'reason-needed',
      'totals-derived',
    ]);
    expect((await send(corrected, '?reason=A+recount')).status).toBe(201);
    expect((await send('date,new_cases,total_cases\n2021-07-01,,5\n')).body.errors).toMatchObject([
      { code: 'total-alone', params: { row: 2, column: 'C', of: 'new_cases' } },
    ]);
    // The file is now old: what it has is neither the sum, nor what the site has.
    const { body } = await send(csv.replace('2020-03-02,21,', '2020-03-02,22,'), '?reason=Another');
    expect(body.errors).toMatchObject([
      { code: 'total-differs', params: { date: '2020-03-02', metric: 'total_cases' } },
    ]);
  });

  it('is taken from an agency for its own metrics, and for others only if it changes none of them', async () => {
    const { key } = await createKey('finance');
    const own = await send('date,quarantine\n2020-03-01,5\n', '', { key });
    expect(own).toMatchObject({ status: 201, body: { changed: ['quarantine'] } });
    const { entries: seq } = (await staff('GET', 'status')).body;
    expect((await staff('GET', `ledger/${seq}`)).body.agency).toBe('finance');
    const foreign = await send('date,quarantine,new_cases\n2020-03-02,6,99\n', '', { key });
    expect(foreign.status).toBe(403);
    expect(foreign.body.detail).toBe(
      'the columns new_cases are reported by health, but this call acts for finance',
    );
    expect((await send('date,new_cases\n2020-03-02,99\n', '', { key })).status).toBe(403);
    const exported: string = (await get('/data/statistics.csv')).body;
    const answer = await send(exported.replace('2020-03-01,11,1,5,', '2020-03-01,11,1,6,'), '?dryRun', {
      key,
    });
    expect(answer.body.changes).toEqual([{ date: '2020-03-01', metric: 'quarantine', was: 5, now: 6 }]);
    expect(answer.body.notes[0]).toMatchObject({
      code: 'columns-foreign',
      params: { columns: 'new_cases, critical' },
    });
    const items = { collection: 'news', items: [] };
    expect((await staff('POST', 'import', { key, body: items })).status).toBe(403);
    const reader = await createKey('finance', { scope: ['read', 'news'] });
    expect((await send('date,quarantine\n2020-03-01,7\n', '', { key: reader.key })).status).toBe(403);
  });

  it('is read as the query says, which has no unknown names and no name twice', async () => {
    const csv = 'date;critical\n1.4.2021;"1.752"\n';
    const answer = await send(csv, '?dryRun&dates=dmy&thousands=dot&separator=semicolon');
    expect(answer.body.changes).toEqual([{ date: '2021-04-01', metric: 'critical', was: null, now: 1752 }]);
    const { body } = await send(csv, '?dates=ymd&colour=red&reason=a&reason=b&dryRun=maybe');
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual(
      ['#/colour', '#/dates', '#/dryRun', '#/reason'].sort(),
    );
    expect((await send('', '')).status).toBe(400);
    expect((await send('x'.repeat(2 ** 20 + 1))).status).toBe(413);
    expect((await staff('PUT', 'site', { body: csv, headers: { 'Content-Type': 'text/csv' } })).status).toBe(
      415,
    );
  });

  it('may be what Excel calls Unicode text; what is no Unicode is refused with advice', async () => {
    const text = 'date\tcritical\r\n2021-05-01\t3\r\n';
    const utf16 = new Uint8Array([0xff, 0xfe, ...[...text].flatMap((c) => [c.charCodeAt(0), 0])]);
    expect((await send(utf16, '?dryRun')).body.changes).toMatchObject([{ date: '2021-05-01', now: 3 }]);
    const windows1256 = await send(new Uint8Array([0xc7, 0xe1, 0xca, 0x2c, 0x0a]));
    expect(windows1256).toMatchObject({
      status: 400,
      body: { detail: 'the body is not UTF-8: save the file as CSV UTF-8' },
    });
  });

  it('of the site itself changes nothing, whole or of a year, whatever is said of its figures', async () => {
    const values = { critical: { value: 8, at: '18:00', note: { ar: 'قراءة "ثانية", sep=;' } } };
    await staff('PUT', 'statistics/2021-01-02', { body: { values } });
    const content = {
      kind: 'restatement',
      metric: 'new_cases',
      date: '2020-12-31',
      total: 40,
      text: { ar: 'نص' },
    };
    await staff('POST', 'remarks', { body: content, headers: { 'Nashra-Agency': 'health' } });
    const files = ['statistics', 'statistics/2020', 'statistics/2021'];
    for (const name of files) {
      const { status, body } = await get(`/data/${name}.csv`);
      expect(status).toBe(200);
      const answer = await send(body);
      expect(answer, name).toMatchObject({ status: 200, body: { figures: 0, changes: [] } });
      expect(answer.body.notes.map(({ code }: { code: string }) => code)).toEqual(['nothing-changes']);
    }
    expect((await get('/data/statistics.csv')).body).toContain('sep=;');
    expect((await get('/data/statistics.csv')).body).toContain(':adjusted:');
  });

  it('that was only looked at does not take its Idempotency-Key', async () => {
    const headers = { 'Idempotency-Key': 'a-file' };
    expect((await send('date,critical\n2021-06-01,3\n', '?dryRun', { headers })).status).toBe(200);
    expect((await send('date,critical\n2021-06-01,3\n', '', { headers })).status).toBe(201);
    expect((await send('date,critical\n2021-06-01,3\n', '', { headers })).status).toBe(201);
  });
});
