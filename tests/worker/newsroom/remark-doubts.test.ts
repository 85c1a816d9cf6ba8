import { beforeAll, describe, expect, it } from 'vitest';
import { aSite } from '../a-site.ts';
import { emptySite } from '../empty-site.ts';
import { createKey, get, setUpSite, pacedStaff as staff } from '../staff-client.ts';

const put = (date: string, values: object, fields: object = {}) =>
  staff('PUT', `statistics/${date}`, { body: { values, ...fields } });
const pointers = (answer: { body: { errors?: { pointer: string }[] } }) =>
  answer.body.errors?.map(({ pointer }) => pointer).sort();

describe('a remark that moves a total far', () => {
  const DATE = '2021-05-20';
  const text = { ar: 'نص', en: 'Counted again' };
  const shift = (fields: object) => ({
    metric: 'new_cases',
    kind: 'restatement',
    date: DATE,
    text,
    ...fields,
  });
  const codes = (answer: { status: number; body: { notes?: { code: string }[] } }) => [
    answer.status,
    ...(answer.body.notes ?? []).map(({ code }) => code),
  ];
  const total = async () => (await get('/api/v1/statistics.json')).body.metrics.total_cases.at(-1);
  let health: string;

  beforeAll(async () => {
    await emptySite();
    const metrics = aSite().metrics.map((metric) =>
      metric.kind === 'total' ? { ...metric, opening: 402_310 } : metric,
    );
    await setUpSite({ metrics });
    health = (await createKey('health')).key;
    await put('2021-05-19', { new_cases: 700 });
    await put(DATE, { new_cases: 1_121 }); // the total is 404,131
  });

  it('is asked about, and is published once the notes are confirmed with a reason', async () => {
    const ten = shift({ metric: 'total_cases', total: 4_041_310 });
    const asked = await staff('POST', 'remarks', { key: health, body: ten });
    expect(codes(asked), JSON.stringify(asked.body)).toEqual([409, 'total-moved-by-slip']);
    const [note] = asked.body.notes;
    expect(note).toMatchObject({
      metric: 'total_cases',
      date: DATE,
      params: { was: 404_131, now: 4_041_310, perhaps: 404_131 },
    });
    expect(await total()).toBe(404_131);
    const confirm = [note.id];
    const bare = await staff('POST', 'remarks', { key: health, body: { content: ten, confirm } });
    expect([bare.status, ...(pointers(bare) ?? [])]).toEqual([422, '#/reason']);
    const body = { content: ten, confirm, reason: 'All provinces' };
    const added = await staff('POST', 'remarks', { key: health, body });
    expect(added.status, JSON.stringify(added.body)).toBe(201);
    expect(await total()).toBe(4_041_310);
    expect((await get('/api/v1/ledger.json')).body.items[0].reason).toBe('All provinces');

    // Back again is as far: it is asked about too.
    const path = `remarks/${added.body.id}`;
    const gone = await staff('DELETE', path, { key: health, body: { reason: 'A slip' } });
    expect(codes(gone)).toEqual([409, 'total-moved']);
    const sure = { reason: 'A slip', confirm: gone.body.notes.map(({ id }: { id: string }) => id) };
    expect((await staff('POST', `${path}/withdrawal`, { key: health, body: sure })).status).toBe(200);
    expect(await total()).toBe(404_131);
  });

  it('is asked about where it is edited, in a list, and where other faults are told', async () => {
    const { id } = (await staff('POST', 'remarks', { key: health, body: shift({ amount: -120 }) })).body;
    const patch = (fields: object) => staff('PATCH', `remarks/${id}`, { key: health, body: fields });
    const content = { amount: -90_000 };
    const bare = await patch({ content });
    expect([bare.status, ...(pointers(bare) ?? [])]).toEqual([422, '#/reason']);
    expect((await patch({ content: { date: '2021-05-19' } })).status).toBe(422);
    const asked = await patch({ content, reason: 'Counted twice' });
    expect(codes(asked)).toEqual([409, 'total-moved']);
    expect(asked.body.notes[0].params).toMatchObject({ was: 404_011, now: 314_131, by: -89_880 });
    // What moves less is not asked about, and words alone need no reason.
    expect((await patch({ content: { amount: -1_000 }, reason: 'Counted twice' })).status).toBe(200);
    expect((await patch({ content: { text: { ar: 'غيره' } } })).status).toBe(200);
    const items = (amount: number) => [{ agency: 'health', content: shift({ amount }) }];
    const list = { collection: 'remarks', items: [...items(-60_000), ...items(-60_000)] };
    const dry = await staff('POST', 'import', { body: { ...list, dryRun: true } });
    expect(codes(dry)).toEqual([200, 'total-moved']);
    expect(codes(await staff('POST', 'import', { body: list }))).toEqual([409, 'total-moved']);
    const confirm = [dry.body.notes[0].id];
    const sent = await staff('POST', 'import', { body: { ...list, confirm, reason: 'Two counts' } });
    expect(sent.status, JSON.stringify(sent.body)).toBe(201);
    const wrong = await staff('POST', 'remarks', {
      body: { content: shift({ amount: 0 }), other: 1 },
      headers: { 'Nashra-Agency': 'health' },
    });
    expect(pointers(wrong)).toEqual(['#/content/amount', '#/other']);
  });

  it('says no next word that has passed, and doubts a figure of a day that is paused', async () => {
    const post = (fields: object) =>
      staff('POST', 'remarks', { key: health, body: { ...shift({}), kind: 'problem', ...fields } });
    const past = await post({ nextWord: '2021-05-20T09:00:00Z' });
    expect(past.body.errors).toMatchObject([{ pointer: '#/nextWord', code: 'time-past' }]);
    expect((await post({ nextWord: '2031-05-20T09:00:00Z' })).status).toBe(201);
    const pause = await post({ metric: 'critical', kind: 'pause', date: '2021-05-21' });
    const asked = await put('2021-05-22', { critical: 40 });
    expect(codes(asked)).toEqual([409, 'while-paused']);
    expect(asked.body.notes[0].params).toMatchObject({
      remark: pause.body.id,
      from: '2021-05-21',
      value: 40,
    });
    expect((await put('2021-05-22', { critical: null })).status).toBe(200);
    expect((await put('2021-05-19', { critical: 40 })).status).toBe(200);
    const confirm = asked.body.notes.map(({ id }: { id: string }) => id);
    expect((await put('2021-05-22', { critical: 40 }, { confirm, reason: 'They report again' })).status).toBe(
      200,
    );
  });
});
