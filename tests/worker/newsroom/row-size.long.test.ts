import { runInDurableObject } from 'cloudflare:test';
import { expect, it } from 'vitest';
import { addDays, type CivilDate } from '../../../worker/model/civil-date.ts';
import { aSite } from '../a-site.ts';
import { advanceClock } from '../clock.ts';
import { CONTENT_EXAMPLES } from '../content-examples.ts';
import { get, newsroom, setUpSite, staff } from '../staff-client.ts';

/** https://developers.cloudflare.com/durable-objects/platform/limits/. The local runtime does not enforce it. */
const MAX_ROW_BYTES = 2_000_000;
const METRICS = Array.from({ length: 30 }, (_, i) => `a_metric_with_an_id_of_many_letters_${i}`);

/** The rows that Cloudflare would refuse, each as its table and its size in bytes. */
const oversizedRows = () =>
  runInDurableObject(newsroom(), (_, { storage: { sql } }) => {
    const encoder = new TextEncoder();
    const bytesOf = (value: unknown) =>
      value instanceof ArrayBuffer ? value.byteLength : encoder.encode(String(value)).length;
    return sql
      .exec<{ name: string }>(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'",
      )
      .toArray()
      .flatMap(({ name }) =>
        sql
          .exec(`SELECT * FROM ${name}`)
          .toArray()
          .map(
            (row) =>
              [name, Object.values(row).reduce((sum: number, value) => sum + bytesOf(value), 0)] as const,
          )
          .filter(([, bytes]) => bytes > MAX_ROW_BYTES),
      );
  });

const inBothLanguages = (text: string) => ({ ar: text, en: `${text}.` });

it('no row is larger than Cloudflare’s limit, whatever a call of up to 1 MiB holds', async () => {
  const level = { kind: 'level', agencies: ['it'], tone: 'calm' };
  await setUpSite({
    limits: { itemBytes: 1_000_000 },
    metrics: [...aSite().metrics, ...METRICS.map((id) => ({ ...level, id, label: { ar: id, en: id } }))],
  });
  const days = Array.from({ length: 2000 }, (_, i) => addDays('2020-03-01' as CivilDate, i));
  const figures = `date,${METRICS.join()}\n${days.map((day) => `${day}${',7'.repeat(METRICS.length)}`).join('\n')}\n`;
  const imported = await staff('POST', 'import', { body: { figures } });
  expect(imported).toMatchObject({ status: 201, body: { figures: 60_000 } });

  // Three fields with two texts of 50,000 three-byte characters each: nearly the largest allowed call.
  const long = (mark: string) => inBothLanguages(mark + '”'.repeat(49_990));
  const plan = (mark: string) => ({
    ...CONTENT_EXAMPLES.plan.full,
    note: long(mark),
    open: long(mark),
    closed: long(mark),
  });
  const { id } = (await staff('POST', 'plan', { body: plan('a') })).body;
  advanceClock(2000);
  // Markdown whose HTML has several times as many bytes.
  const marked = { ar: '**a bold word** '.repeat(3_000), en: '`a` '.repeat(12_000) };
  const news = { ...CONTENT_EXAMPLES.news.full, body: marked };
  expect((await staff('POST', 'news', { body: news })).status).toBe(201);
  advanceClock(2000);
  expect((await staff('PUT', `plan/${id}`, { body: { content: plan('b'), reason: 'r' } })).status).toBe(200);
  expect(await oversizedRows()).toEqual([]);
  expect((await get('/api/v1/plan.json')).body.items[0].open).toEqual(long('b'));
  expect((await get('/api/v1/changes.json')).body.items[0].was.open).toEqual(long('a'));
  const entry = (await staff('GET', `ledger/${imported.body.id}`)).body;
  expect(Object.keys(entry.payload.days)).toHaveLength(2000);

  advanceClock(2000);
  const body = { reason: 'r', confirm: true };
  const erasure = await staff('POST', `ledger/${imported.body.id}/erasure`, { body });
  expect(erasure.status).toBe(201);
  expect(await oversizedRows()).toEqual([]);
  expect((await get('/api/v1/statistics.json')).body.dates).toEqual([]);
});
