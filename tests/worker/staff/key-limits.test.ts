import { createExecutionContext, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { toInstant } from '../../../worker/model/instant.ts';
import { authenticate } from '../../../worker/staff/authenticate.ts';
import { aSite } from '../a-site.ts';
import { advanceClock } from '../clock.ts';
import { createKey, newsContent, newsroom, setUpSite, pacedStaff as staff } from '../staff-client.ts';

const HOUR_MS = 3_600_000;
const inMs = (ms: number) => toInstant(Date.now() + ms);
const figures = { body: { values: { new_cases: 1 } } };
const keyOf = async (id: string) => (await staff('GET', `keys/${id}`)).body;

beforeAll(() => setUpSite());

describe('the scope of a key', () => {
  it('lets it do that and nothing else, and a refusal says what it lacks', async () => {
    const { key } = await createKey('health', { scope: ['figures', 'faq'] });
    expect((await staff('PUT', 'statistics/2020-03-01', { ...figures, key })).status).toBe(200);
    expect((await staff('GET', 'statistics/2020-03-01', { key })).status).toBe(200);
    expect((await staff('GET', 'faq', { key })).status).toBe(200);
    expect(await staff('POST', 'news', { body: newsContent(), key })).toMatchObject({
      status: 403,
      body: { detail: expect.stringMatching(/^the scope of this key is figures, faq: it lacks news\./) },
    });
    expect(await staff('GET', 'news', { key })).toMatchObject({
      status: 403,
      body: { detail: expect.stringMatching(/it lacks news or read\./) },
    });
  });

  it('`read` lets it read everything of its agency’s, and write nothing', async () => {
    const { key } = await createKey('health', { scope: ['read'] });
    for (const path of ['news', 'contacts', 'statistics/2020-03-01', 'site', 'status', 'whoami'])
      expect((await staff('GET', path, { key })).status, path).toBe(200);
    for (const path of ['keys', 'ledger']) expect((await staff('GET', path, { key })).status, path).toBe(403);
    expect((await staff('PUT', 'statistics/2020-03-01', { ...figures, key })).body.detail).toMatch(
      /it lacks figures\./,
    );
  });

  it('is what a refused file lacks, if its columns are those of the agency itself', async () => {
    const { key } = await createKey('health', { scope: ['figures:critical'] });
    const file = (figures: string) => staff('POST', 'import', { body: { figures }, key });
    for (const figures of ['date,new_cases\n2020-03-05,7\n', 'date,critical,new_cases\n2020-03-05,1,7\n'])
      expect(await file(figures)).toMatchObject({
        status: 403,
        body: { detail: 'the scope of this key is figures:critical: it lacks figures:new_cases' },
      });
    expect((await file('date,critical\n2020-03-05,1\n')).status).toBe(201);
  });

  it('gives no right that its agency lacks', async () => {
    const { agencies } = aSite();
    await setUpSite({ agencies: agencies.map((a) => ({ ...a, may: ['faq', 'breaking'] })) });
    const { key } = await createKey('health', { scope: ['news', 'faq'] });
    expect((await staff('POST', 'news', { body: newsContent(), key })).status).toBe(403);
    expect((await staff('GET', 'whoami', { key })).body).toMatchObject({
      may: ['faq', 'breaking'],
      scope: ['news', 'faq'],
    });
    const { key: faq } = await createKey('health', { scope: ['faq'] });
    expect((await staff('GET', 'whoami', { key: faq })).body.may).toEqual(['faq']);
    await setUpSite();
  });
});

describe('a key that expires', () => {
  const expiring = async () => {
    const expires = inMs(HOUR_MS);
    return { expires, ...(await createKey('health', { expires })) };
  };

  it('is good until then, and 401 from then on', async () => {
    const { id, key, expires } = await expiring();
    expect((await staff('GET', 'whoami', { key })).body.expires).toBe(expires);
    advanceClock(HOUR_MS - 60_000);
    expect((await staff('GET', 'whoami', { key })).status).toBe(200);
    advanceClock(60_000);
    expect(await staff('GET', 'whoami', { key })).toMatchObject({
      status: 401,
      body: { detail: `this key expired at ${expires}` },
    });
    expect((await keyOf(id)).expires).toBe(expires);
  });

  it('is refused by the Worker, by the release; and by the Newsroom, where an isolate has an older one', async () => {
    const { id, key, expires } = await expiring();
    const checked = () => {
      const headers = { Authorization: `Bearer ${key}` };
      const request = new Request('https://bulletin.example/api/v1/staff/whoami', { headers });
      return authenticate(request, env, createExecutionContext());
    };
    expect(await checked()).toEqual({ ok: true, value: id });
    advanceClock(HOUR_MS);
    const refused = { ok: false, problem: { status: 401, detail: `this key expired at ${expires}` } };
    expect(await checked()).toMatchObject(refused);
    const route = { kind: 'whoami', params: {}, query: null } as const;
    const rest = { agency: null, idempotencyKey: null, ifMatch: null, body: null, excess: [], bodyBytes: 0 };
    expect(await newsroom().call({ route, key: id, ...rest })).toMatchObject(refused);
  });
});

describe('the last use of a key', () => {
  /** How many rows `act` writes into the table of keys. */
  async function writesDuring(act: () => Promise<unknown>): Promise<number> {
    const log = (query: string) =>
      runInDurableObject(newsroom(), (_, { storage }) => storage.sql.exec(query).toArray());
    await log('CREATE TABLE IF NOT EXISTS written (id TEXT)');
    await log(
      `CREATE TRIGGER noted AFTER UPDATE ON staff_key BEGIN INSERT INTO written VALUES (new.id); END`,
    );
    await act();
    const [row] = await log('SELECT count(*) AS n FROM written');
    await log('DROP TRIGGER noted');
    await log('DROP TABLE written');
    return Number(row?.n);
  }

  it('is kept to the hour: of many calls in an hour only the first writes a row', async () => {
    advanceClock(HOUR_MS - (Date.now() % HOUR_MS)); // the hour has just begun
    const { id, key } = await createKey('media');
    expect(await keyOf(id)).not.toHaveProperty('lastUsedAt');
    const calls = async (count: number) => {
      for (let i = 0; i < count; i++) await staff('GET', i % 2 ? 'whoami' : 'keys', { key });
    };
    expect(await writesDuring(() => calls(60))).toBe(1);
    const first = (await keyOf(id)).lastUsedAt;
    expect(first).toMatch(/^\d{4}-\d\d-\d\dT\d\d:00:00Z$/);
    advanceClock(HOUR_MS);
    expect(await writesDuring(() => calls(3))).toBe(1);
    expect(Date.parse((await keyOf(id)).lastUsedAt) - Date.parse(first)).toBe(HOUR_MS);
    expect((await staff('GET', 'keys')).body.items[0].lastUsedAt).not.toBe(first);
  });

  it('is not moved by a key that is refused', async () => {
    const { id, key } = await createKey('media');
    await staff('DELETE', `keys/${id}`);
    await staff('GET', 'whoami', { key });
    expect(await keyOf(id)).not.toHaveProperty('lastUsedAt');
  });
});

describe('POST keys', () => {
  const limits = { scope: ['news', 'read'], label: 'press office, script 3' };

  it('answers with what it was told, and the lists show it', async () => {
    const body = { agency: 'media', ...limits, expires: '2099-01-01T03:00:00+03:00' };
    const issued = await staff('POST', 'keys', { body });
    const shown = { ...limits, expires: '2099-01-01T00:00:00Z' };
    expect(issued).toMatchObject({ status: 201, body: shown });
    expect(await keyOf(issued.body.id)).toMatchObject(shown);
    expect((await staff('GET', 'keys')).body.items[0]).toMatchObject(shown);
    expect((await staff('GET', 'whoami', { key: issued.body.key })).body).not.toHaveProperty('label');
  });

  it('leaves out what it was not told', async () => {
    const { id } = await createKey('media');
    expect(Object.keys(await keyOf(id))).toEqual(['id', 'version', 'agency', 'role', 'createdAt']);
  });

  it.each([
    ['scope', []],
    ['scope', ['news', 'news']],
    ['scope', Array(5000).fill('news')],
    ['scope/0', ['everything']],
    ['label', ''],
    ['label', 'two\nlines'],
    ['label', 'a\u202eb'],
    ['label', 'x'.repeat(101)],
    ['expires', '2099-01-01'],
    ['expires', '2020-01-01T00:00:00Z'],
  ])('refuses a wrong %s: %j', async (at, value) => {
    const [field = ''] = at.split('/');
    const { status, body } = await staff('POST', 'keys', { body: { agency: 'media', [field]: value } });
    expect([status, body.errors[0]?.pointer]).toEqual([422, `#/${at}`]);
  });
});
