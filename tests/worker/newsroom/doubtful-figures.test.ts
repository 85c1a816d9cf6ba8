import { beforeAll, describe, expect, it } from 'vitest';
import { aSite } from '../a-site.ts';
import { rowsRead } from '../rows-read.ts';
import { confirmedStaff, createKey, get, setUpSite, pacedStaff as staff } from '../staff-client.ts';

const RULES = [{ sum: ['critical'], is: 'at-most', of: ['quarantine'] }];
const date = (day: number) => `2021-06-${String(day).padStart(2, '0')}`;
/** Three weeks: cases around 750, and levels. */
const LINES = Array.from(
  { length: 21 },
  (_, i) => `${date(i + 1)},${700 + ((i * 37) % 100)},${40 + (i % 5)},900`,
);
const csv = (...lines: readonly string[]) => ['date,new_cases,critical,quarantine', ...lines, ''].join('\n');

const put = (day: number, values: object, fields: object = {}, options: object = {}) =>
  staff('PUT', `statistics/${date(day)}`, { body: { values, ...fields }, ...options });
const importCsv = (figures: string, fields: object = {}) =>
  staff('POST', 'import', { body: { figures, ...fields } });
const idsOf = ({ body }: { body: { notes: readonly { id: string }[] } }) => body.notes.map(({ id }) => id);

describe('figures that look wrong', () => {
  beforeAll(async () => {
    await setUpSite({ open: false, rules: RULES });
    // Nothing is asked before the site is open, whatever the figures: this fills it.
    expect((await importCsv(csv(`${date(21)},75000,9999,3`))).status).toBe(201);
    expect((await importCsv(csv(...LINES), { reason: 'r' })).status).toBe(201);
    await setUpSite({ rules: RULES });
  });

  it('are answered with notes, and change nothing', async () => {
    const { entries } = (await staff('GET', 'status')).body;
    const refused = await put(22, { new_cases: 75_200, critical: 41 });
    expect(refused.status).toBe(409);
    expect(refused.headers.get('Content-Type')).toBe('application/problem+json');
    expect(refused.body).toEqual({
      type: 'about:blank',
      title: 'Conflict',
      status: 409,
      code: 'figures-doubtful',
      params: {},
      detail: expect.stringContaining('send the same again with the ids of all notes in confirm'),
      notes: [
        {
          id: expect.stringMatching(/^times-too-large-[0-9a-f]{12}$/),
          code: 'times-too-large',
          metric: 'new_cases',
          date: date(22),
          params: expect.objectContaining({ value: 75_200, times: 100 }),
          detail: expect.stringContaining('new_cases of 2021-06-22 is 75200, as if what it was (700 to'),
        },
      ],
    });
    expect((await staff('GET', `statistics/${date(22)}`)).body.version).toBe(0);
    expect((await staff('GET', 'status')).body.entries).toBe(entries);
    expect((await put(22, { critical: 950 })).body.notes.map(({ code }: { code: string }) => code)).toContain(
      'far-above',
    );
  });

  it('are published if the call confirms each note and says why, and the ledger has the reason', async () => {
    const values = { new_cases: 2900, critical: 2000 };
    const notes = idsOf(await put(22, values));
    expect(notes).toHaveLength(2);
    expect((await put(22, values, { confirm: notes })).body.errors).toMatchObject([
      { pointer: '#/reason', detail: expect.stringContaining('is required to confirm') },
    ]);
    const reason = 'Tests of a week came at once';
    const [one = '', other] = notes;
    expect(idsOf(await put(22, values, { confirm: [one], reason }))).toEqual([other]);
    // A confirmation holds for the figures that the notes are about.
    expect((await put(22, { ...values, new_cases: 3900 }, { confirm: notes, reason })).status).toBe(409);
    const { key } = await createKey('health');
    expect(await put(22, values, { confirm: notes, reason }, { key })).toMatchObject({
      status: 200,
      body: { version: 1, changed: ['new_cases', 'critical'] },
    });
    expect((await get('/api/v1/ledger.json')).body.items[0]).toMatchObject({ kind: 'figures', reason });
    expect((await put(22, values)).status).toBe(200); // nothing changes: nothing is asked
    expect((await put(22, { new_cases: 2910 }, { reason: 'r' })).body.notes).toHaveLength(1);
    expect((await put(22, { new_cases: 720, critical: 43 }, { reason: 'r' })).status).toBe(200);
  });

  it('are asked about after faults and a version that is not current', async () => {
    const faulty = await put(23, { new_cases: 75_200, critical: -1 });
    expect(faulty.status).toBe(422);
    const stale = await put(23, { new_cases: 75_200 }, {}, { headers: { 'If-Match': '"7"' } });
    expect(stale.status).toBe(412);
    const same = { headers: { 'Idempotency-Key': 'night' } };
    const notes = idsOf(await put(23, { new_cases: 75_200 }, {}, same));
    // The refusal is not remembered, so the confirmed call may have its key.
    expect((await put(23, { new_cases: 75_200 }, { confirm: notes, reason: 'r' }, same)).status).toBe(200);
    expect((await put(23, { new_cases: 752 }, { reason: 'typed wrong' })).status).toBe(200);
  });

  it('are compared with the total that readers see, as a remark has restated it', async () => {
    const remark = { kind: 'restatement', metric: 'total_cases', date: date(22), total: 3_000 };
    const text = { ar: 'نص', en: 'Counted anew' };
    const { id } = (await confirmedStaff('POST', 'remarks', { body: { ...remark, text } })).body;
    const total = (await get('/api/v1/live.json')).body.figures.total_cases[1];
    expect(total).toBe(3_752);
    expect((await put(24, { new_cases: total + 720 })).body.notes).toMatchObject([
      { code: 'running-total', params: { total, perhaps: 720 } },
    ]);
    expect((await confirmedStaff('DELETE', `remarks/${id}`, { body: { reason: 'r' } })).status).toBe(200);
  });

  it('of a file are shown by its dry run, and asked about by its import', async () => {
    const file = csv(`${date(24)},7110,41,900`, `${date(25)},7210,43,900`, `${date(26)},7030,90,40`);
    const dry = await importCsv(file, { dryRun: true });
    expect(dry).toMatchObject({ status: 200, body: { figures: 9, dryRun: true } });
    const codes = dry.body.notes.map(({ code, metric }: Record<string, string>) => [code, metric]);
    // Of a column that is wrong throughout, one note: the days after it are as the first.
    expect(codes).toEqual([
      ['times-too-large', 'new_cases'],
      ['columns-shifted', null],
      ['part-above-whole', null],
    ]);
    const refused = await importCsv(file);
    expect(refused.status).toBe(409);
    expect(refused.body.notes).toEqual(dry.body.notes);
    expect((await importCsv(file, { confirm: idsOf(dry) })).status).toBe(422);
    const confirmed = await importCsv(file, { confirm: idsOf(dry), reason: 'r' });
    expect(confirmed.status).toBe(201);
    expect((await importCsv(csv(`${date(27)},7100,90,100`))).status).toBe(201);
  });

  it('are not asked about again when only what else is known of them changes', async () => {
    const values = { new_cases: 990_000 };
    const refused = await put(28, values);
    expect((await put(28, values, { confirm: idsOf(refused), reason: 'A backlog' })).status).toBe(200);
    const noted = { new_cases: { value: 990_000, note: { ar: 'متأخرات', en: 'A backlog' } } };
    expect((await put(28, noted, { reason: 'Said why' })).status).toBe(200);
  });

  it('are looked at with 37 days, however long the series is', async () => {
    const days = (from: string, count: number) =>
      Array.from({ length: count }, (_, i) =>
        new Date(Date.parse(from) + i * 86_400_000).toISOString().slice(0, 10),
      );
    const put = (value: number) =>
      staff('PUT', 'statistics/2023-01-15', { body: { values: { new_cases: value }, reason: 'r' } });
    const readBy = async (value: number) =>
      [...(await rowsRead(() => put(value)))]
        .filter(([query]) => /FROM day\b/.test(query) && /WHERE/.test(query))
        .reduce((sum, [, rows]) => sum + rows, 0);
    const lines = days('2022-12-01', 40).map((day, i) => `${day},${700 + (i % 9)}`);
    await staff('POST', 'import', { body: { figures: ['date,new_cases', ...lines, ''].join('\n') } });
    await put(700);
    expect(await readBy(701)).toBeLessThan(60);
    const older = days('2021-08-01', 480).map((day, i) => `${day},${700 + (i % 9)}`);
    await staff('POST', 'import', { body: { figures: ['date,new_cases', ...older, ''].join('\n') } });
    expect(await readBy(702)).toBeLessThan(60);
  });
});

it('a rule names metrics of the site', async () => {
  const rules = [{ sum: ['critical'], is: 'at-most', of: ['beds'] }];
  const refused = await staff('PUT', 'site', { body: aSite({ rules }) });
  expect(refused).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '#/rules/0/of/0', detail: 'must be one of the metrics' }] },
  });
});
