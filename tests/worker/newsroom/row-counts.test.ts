import { abortAllDurableObjects, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { beforeEach, describe, expect, it } from 'vitest';
import { applyEntry } from '../../../worker/model/fold.ts';
import { toInstant } from '../../../worker/model/instant.ts';
import type { ItemId } from '../../../worker/model/item.ts';
import type { AgencyId } from '../../../worker/model/site.ts';
import { LedgerStore } from '../../../worker/newsroom/ledger/ledger-store.ts';
import { SqlRows } from '../../../worker/newsroom/ledger/sql-rows.ts';
import { advanceClock } from '../clock.ts';
import { emptySite } from '../empty-site.ts';
import { rowsRead } from '../rows-read.ts';
import { createKey, get, newsContent, newsroom, setUpSite, staff } from '../staff-client.ts';

const DAY_MS = 86_400_000;
const MANY = 12_000;
/** The numbers from 1 to a given one, as a table `c` with the column `x`. */
const NUMBERS = 'WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < ?)';

const sql = (query: string, ...bindings: unknown[]) =>
  runInDurableObject(newsroom(), (_, { storage }) => storage.sql.exec(query, ...bindings).toArray());

/** Stores answers of a staff key that were given `ageMs` ago, the first one the oldest. */
const answerMany = (key: string, count: number, ageMs: number) =>
  sql(
    `INSERT INTO answered (key, idempotency_key, at_ms, fingerprint, status, body, wanted, release, n)
      ${NUMBERS} SELECT ?, 'old-' || x, ? + x, 'f', 200, '{}', 1, 1, x FROM c`,
    count,
    key,
    Date.now() - ageMs,
  );

const countOf = async (table: string, where = '1'): Promise<number> =>
  Number((await sql(`SELECT count(*) AS n FROM ${table} WHERE ${where}`))[0]?.n);

let n = 0;
const put = (value: number, options: { readonly key?: string; readonly name?: string } = {}) => {
  advanceClock(2000);
  return staff('PUT', 'statistics/2020-03-01', {
    body: { values: { critical: value }, reason: 'r' },
    headers: { 'Idempotency-Key': options.name ?? `new-${++n}` },
    ...(options.key ? { key: options.key } : {}),
  });
};

/** Sets a figure of a day of 2020 that has none. */
const putNew = (day: string) => {
  advanceClock(2000);
  return staff('PUT', `statistics/2020-${day}`, { body: { values: { critical: 1 } } });
};

beforeEach(async () => {
  await emptySite();
  await setUpSite();
});

describe('the rows that a write reads, with its publish', () => {
  it('do not grow with the stored answers, keys, packs, items and edits', async () => {
    const total = (counts: ReadonlyMap<string, number>) =>
      [...counts.values()].reduce((sum, x) => sum + x, 0);
    await put(1);
    await put(2);
    const before = total(await rowsRead(() => put(3)));
    await answerMany('operator', MANY, 1_000_000);
    await answerMany('another', MANY, 1_000_000);
    await sql(
      `INSERT INTO kept (key, superseded_ms) ${NUMBERS} SELECT 'pack/' || x, ? FROM c`,
      MANY,
      Date.now(),
    );
    await sql(
      `INSERT INTO staff_key (id, agency, role, created_at) ${NUMBERS}
        SELECT 'k' || x, 'health', 'publisher', '2020-01-01T00:00:00Z' FROM c`,
      MANY,
    );
    const items = Array.from({ length: 400 }, () => ({ agency: 'health', content: newsContent() }));
    expect((await staff('POST', 'import', { body: { collection: 'news', items } })).status).toBe(201);
    await put(4);
    await put(5);
    const after = await rowsRead(() => put(6));
    console.log(`rows read by a write: ${before}, with ${MANY} answers and 400 items ${total(after)}`);
    expect(total(after)).toBeLessThan(before + 200);
  });
});

describe('the rows that a call about figures reads', () => {
  const FLOWS = Array.from({ length: 20 }, (_, i) => `f${i}`);
  const text = (words: string) => ({ ar: words, en: words });
  const metrics = FLOWS.flatMap((id) => [
    { id, kind: 'flow', agencies: ['health'], label: text(id), tone: 'neutral', negative: true },
    { id: `t_${id}`, kind: 'total', of: id, opening: 5, label: text(id), tone: 'neutral' },
  ]);
  const day = '2020-03-01';
  const csv = (...lines: readonly string[]) => `${lines.join('\n')}\n`;
  const remark = { metric: 'f1', kind: 'restatement', date: day, amount: -1e9, text: text('Counted again') };
  const calls: readonly (readonly [string, string, string, object, number])[] = [
    ['a dry run of one figure', 'PUT', `statistics/${day}`, { values: { f0: 9 }, dryRun: true }, 200],
    ['a figure that is refused', 'PUT', `statistics/${day}`, { values: { f0: -1e9 }, reason: 'r' }, 422],
    ['a dry import of one row', 'POST', 'import', { figures: csv('date,f0', `${day},9`), dryRun: true }, 200],
    [
      'a total that is compared',
      'POST',
      'import',
      { figures: csv('date,t_f0', `${day},6`), dryRun: true },
      422,
    ],
    ['a restatement that is refused', 'POST', 'remarks', remark, 422],
    ['a figure below its total', 'PUT', `statistics/${day}`, { values: { f0: 1e7 } }, 409],
  ];

  /** Of each call, with so many days of history before the day, and once the Newsroom has been awake for a while. */
  async function rowsWith(days: number): Promise<ReadonlyMap<string, number>> {
    const cells = JSON.stringify(Object.fromEntries(FLOWS.map((id) => [id, [7, 1]])));
    await sql(
      `INSERT OR REPLACE INTO day (date, version, cells) ${NUMBERS} SELECT date('${day}', '-' || x || ' days'), 1, ? FROM c`,
      days,
      cells,
    );
    await abortAllDurableObjects();
    const counts = new Map<string, number>();
    for (const isAwake of [false, true])
      for (const [name, method, path, body, status] of calls) {
        const read = await rowsRead(async () => {
          const answer = await staff(method, path, { body });
          expect(answer.status, `${name}: ${JSON.stringify(answer.body).slice(0, 300)}`).toBe(status);
        });
        if (isAwake)
          counts.set(
            name,
            [...read.values()].reduce((sum, n) => sum + n, 0),
          );
      }
    return counts;
  }

  it('do not grow with the history: those after ten years are those after one', async () => {
    await setUpSite({ metrics, firstDate: '2010-01-01' });
    const [one, ten] = [await rowsWith(365), await rowsWith(3650)];
    console.log('rows read after a year and after ten:', Object.fromEntries(one), Object.fromEntries(ten));
    for (const [name, count] of ten) expect(count, name).toBeLessThanOrEqual(1.3 * (one.get(name) ?? 0));
  });
});

/** How many characters of JSON are parsed and written while `act` runs. */
async function jsonWork(act: () => Promise<unknown>): Promise<number> {
  const { parse, stringify } = JSON;
  let characters = 0;
  const counted =
    <A extends unknown[], T>(call: (...args: A) => T, textOf: (text: A[0], result: T) => unknown) =>
    (...args: A): T => {
      const result = call(...args);
      characters += String(textOf(args[0], result)).length;
      return result;
    };
  Object.assign(JSON, {
    parse: counted(parse, (text) => text),
    stringify: counted(stringify, (_, text) => text),
  });
  try {
    await act();
  } finally {
    Object.assign(JSON, { parse, stringify });
  }
  return characters;
}

/** Edits news 1 many times, as one key can in minutes; every second edit comes before a release has shown the first. */
const editMany = (count: number) =>
  runInDurableObject(newsroom(), (_, { storage }) =>
    storage.transactionSync(() => {
      const [ledger, rows] = [new LedgerStore(storage.sql), new SqlRows(storage.sql)];
      const by = { at: toInstant(Date.now()), agency: 'media' as AgencyId, key: 'k', reason: 'r' };
      for (let i = 0; i < count; i++) {
        const content = JSON.parse(
          JSON.stringify(newsContent({ body: { ar: `${i} ${'ن'.repeat(4_000)}` } })),
        );
        const payload = { collection: 'news' as const, id: '1' as ItemId, content };
        const shown = ledger.lastSeq() - (i % 2);
        applyEntry(rows, ledger.append({ kind: 'edit', payload }, { ...by, shown }));
      }
    }),
  );

describe('what a publish does, and what is in memory', () => {
  it('does not grow with the edits that were ever made, nor with their bytes', async () => {
    await staff('POST', 'news', { body: newsContent() });
    const measure = async (month: string) => {
      // The pages of the public ledger need some releases until they have all entries.
      for (let i = 10; i < 20; i++) await putNew(`${month}-${i}`);
      const json = await jsonWork(() => putNew(`${month}-20`));
      const inMemory = await runInDurableObject(newsroom(), (_, { storage }) => {
        const bulletin = new SqlRows(storage.sql).load(0).bulletin();
        return JSON.stringify(bulletin?.corrections).length;
      });
      return { json, inMemory };
    };
    await editMany(20);
    const before = await measure('04');
    await editMany(400);
    const after = await measure('05');
    console.log('a write, before and after 400 edits', before, after);
    const { body } = await get('/api/v1/changes.json');
    expect(body.items.length).toBeGreaterThan(5);
    expect(after.json / before.json).toBeLessThan(1.3);
    expect(after.inMemory).toBeLessThan(before.inMemory + 20_000);
  });
});

describe('the answers that are kept for repeated requests', () => {
  it('are at most 10,000 for a key: a new one takes the place of the oldest', async () => {
    const finance = await createKey('finance');
    const media = await createKey('media');
    await answerMany(finance.id, 10_000, 1_000_000);
    await answerMany(media.id, 3, 2_000_000);
    const { key } = finance;
    const put1 = () =>
      staff('PUT', 'statistics/2020-03-02', {
        key,
        body: { values: { quarantine: 1 } },
        headers: { 'Idempotency-Key': 'one-more' },
      });
    const first = await put1();
    expect(first.status).toBe(200);
    expect(await countOf('answered', `key = '${finance.id}'`)).toBe(10_000);
    expect(await countOf('answered', `key = '${finance.id}' AND idempotency_key IN ('old-1', 'old-2')`)).toBe(
      1,
    );
    expect(await countOf('answered', `key = '${media.id}'`)).toBe(3);
    expect((await put1()).body).toEqual(first.body);
  });

  it('are not kept for a call that changes nothing, and the repeated call gets an equal answer', async () => {
    await put(1);
    const rows = await countOf('answered');
    const first = await put(1, { name: 'nothing' });
    expect(first).toMatchObject({ status: 200, body: { changed: [] } });
    await staff('POST', 'news', { body: newsContent() });
    expect((await put(1, { name: 'nothing' })).body).toEqual(first.body);
    expect((await put(2, { name: 'nothing' })).status).toBe(422); // another request
    expect(await countOf('answered')).toBe(rows);
  });

  it('go after 7 days, some at a time and not at a write; the object then sleeps until the next are old', async () => {
    await answerMany('operator', 2500, 7 * DAY_MS + 3_000_000);
    await put(1);
    expect(await countOf('answered')).toBe(2501);
    const counts: number[] = [];
    for (let i = 0; i < 3; i++) {
      advanceClock(3_600_000);
      await runDurableObjectAlarm(newsroom());
      counts.push(await countOf('answered'));
    }
    expect(counts).toEqual([1501, 501, 1]);
    const [due] = await sql("SELECT at_ms FROM due WHERE kind = 'prune'");
    expect(Number(due?.at_ms) - Date.now()).toBeGreaterThan(6 * DAY_MS);
    advanceClock(7 * DAY_MS);
    await staff('POST', 'tick');
    expect(await countOf('answered')).toBe(0);
    expect(await countOf('due', "kind = 'prune'")).toBe(0);
  });
});

it('old packs are deleted as fast as a release a second makes them: 240 a minute', async () => {
  await put(1);
  await sql(
    `INSERT INTO kept (key, superseded_ms) ${NUMBERS} SELECT 'pack/' || x, ? FROM c`,
    480,
    Date.now() - 3 * DAY_MS,
  );
  await sql("UPDATE due SET at_ms = ? WHERE kind = 'sweep'", Date.now());
  for (let seconds = 0; seconds < 60; seconds += 10) {
    await staff('POST', 'tick');
    advanceClock(10_000);
  }
  expect(await countOf('kept', "substr(key, 1, 5) = 'pack/' AND superseded_ms IS NOT NULL")).toBeLessThan(20);
});
