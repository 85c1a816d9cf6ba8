import { createExecutionContext, env } from 'cloudflare:test';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import worker from '../../../worker/index.ts';
import { type CallLimits, limitsOf } from '../../../worker/model/staff/call-limits.ts';
import { CallRates } from '../../../worker/newsroom/call-rates.ts';
import { BODY_UNIT_BYTES } from '../../../worker/staff/rate.ts';
import wranglerToml from '../../../wrangler.toml?raw';
import { advanceClock } from '../clock.ts';
import { type Answer, createKey, get, newsContent, OPERATOR_KEY, setUpSite, staff } from '../staff-client.ts';

const AGENCY = limitsOf('an agency');
const MIB = 2 ** 20;
/** A JSON body of a size in bytes that no call accepts. */
const bodyOf = (sizeBytes: number) => `{"x":"${'y'.repeat(sizeBytes - 8)}"}`;

const expectTooMany = ({ status, headers, body }: Answer) => {
  expect(status).toBe(429);
  expect(headers.get('Content-Type')).toMatch(/^application\/problem\+json/);
  expect(headers.get('Retry-After')).toMatch(/^[1-9]\d*$/);
  expect(body.detail).toContain(`in ${headers.get('Retry-After')} second`);
};

const retryAfterMs = (answer: Answer): number => Number(answer.headers.get('Retry-After')) * 1000;

beforeAll(() => setUpSite());

describe('the calls of an agency', () => {
  it('are limited by their number, and no other key suffers', async () => {
    const [media, finance] = [await createKey('media'), await createKey('finance')];
    const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now()); // slow machines must not fill the bucket again
    const answers: Answer[] = [];
    for (let i = 0; i < AGENCY.calls.burst + 20; i++)
      answers.push(await staff('GET', 'whoami', { key: media.key }));
    clock.mockRestore();
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.length).toBe(20);
    for (const answer of refused) expectTooMany(answer);
    expect((await staff('GET', 'whoami', { key: finance.key })).status).toBe(200);
    expect((await staff('GET', 'whoami')).status).toBe(200);
    advanceClock(Math.max(...refused.map(retryAfterMs)));
    expect((await staff('GET', 'whoami', { key: media.key })).status).toBe(200);
  });

  it('are limited by how many are under way; a refused one leaves no trace, and succeeds when it is sent again', async () => {
    const { key } = await createKey('media');
    const { entries } = (await staff('GET', 'status')).body;
    const post = (i: number) =>
      staff('POST', 'rumours', {
        key,
        body: {
          claim: { ar: `${i}` },
          verdict: { ar: 'x' },
          answer: { ar: 'x' },
          date: '2021-08-03',
        },
        headers: { 'Idempotency-Key': `post-${i}` },
      });
    advanceClock(2000);
    const count = AGENCY.atOnce + 6;
    const answers = await Promise.all(Array.from({ length: count }, (_, i) => post(i)));
    const refused = answers.flatMap((answer, i) => (answer.status === 201 ? [] : [{ answer, i }]));
    expect(refused.length).toBeGreaterThan(0); // 6, unless a release is public before the last call comes
    expect(refused.length).toBeLessThanOrEqual(6);
    for (const { answer } of refused) expectTooMany(answer);
    expect((await staff('GET', 'status')).body.entries).toBe(entries + count - refused.length);
    advanceClock(2000);
    for (const answer of await Promise.all(refused.map(({ i }) => post(i)))) expect(answer.status).toBe(201);
    expect((await staff('GET', 'status')).body.entries).toBe(entries + count);
    expect((await get('/api/v1/rumours.json')).body.items.length).toBe(count);
  });

  it('are limited by the bytes of their bodies', async () => {
    const { key } = await createKey('media');
    const send = () => staff('POST', 'news', { key, body: bodyOf(MIB) });
    for (let i = 0; i < AGENCY.bodyBytes.burst / MIB; i++) expect((await send()).status).toBe(422);
    const refused = await send();
    expectTooMany(refused);
    expect((await staff('POST', 'news', { key, body: newsContent() })).status).toBe(201); // a small one passes
    advanceClock(retryAfterMs(refused));
    advanceClock(1000); // what the small one used
    expect((await send()).status).toBe(422);
  });
});

describe('the Worker', () => {
  const call = (changes: Partial<typeof env>, key: string) =>
    worker.fetch(
      new Request('https://bulletin.example/api/v1/staff/whoami', {
        headers: { Authorization: `Bearer ${key}` },
      }),
      { ...env, ...changes },
      createExecutionContext(),
    );
  const refusing = { limit: async () => ({ success: false }) };
  const failing = { limit: () => Promise.reject(new Error('the platform cannot count')) };

  it('refuses a key that is over the limit of its place, after the key is checked', async () => {
    const { key } = await createKey('media');
    const answer = await call({ AGENCY_CALLS: refusing }, key);
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([429, '10']);
    expect((await call({ AGENCY_CALLS: refusing }, 'nonsense')).status).toBe(401);
    expect((await call({ OPERATOR_CALLS: refusing }, key)).status).toBe(200);
    expect((await call({ AGENCY_CALLS: failing }, key)).status).toBe(200);
  });

  it('refuses large bodies of an agency that sends too many, before it reads them as JSON, and passes small ones', async () => {
    const { key } = await createKey('media');
    const post = (AGENCY_BODIES: RateLimit, body: string, by = key) =>
      worker.fetch(
        new Request('https://bulletin.example/api/v1/staff/news', {
          method: 'POST',
          headers: { Authorization: `Bearer ${by}`, 'Content-Type': 'application/json' },
          body,
        }),
        { ...env, AGENCY_BODIES },
        createExecutionContext(),
      );
    const noJson = 'x'.repeat(BODY_UNIT_BYTES);
    const answer = await post(refusing, noJson);
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([429, '10']);
    expect((await post(refusing, noJson.slice(1))).status).toBe(400);
    expect((await post(failing, noJson)).status).toBe(400);
    expect((await post(refusing, noJson, OPERATOR_KEY)).status).toBe(400);
    let count = 0;
    const counting = { limit: async () => ({ success: ++count <= 1000 }) };
    await post(counting, 'x'.repeat(MIB));
    expect(count).toBe(16);
    // Of bodies that come at once, each is counted as a whole: the first ones are let in.
    count = 1000 - 40;
    const keys = await Promise.all([1, 2, 3, 4].map(() => createKey('media')));
    const answers = await Promise.all(keys.map(({ key: by }) => post(counting, 'x'.repeat(MIB), by)));
    expect(answers.map(({ status }) => status).sort()).toEqual([400, 400, 429, 429]);
  });

  it('lets through all bytes that the Newsroom admits in 10 s', () => {
    const limit = /name = "AGENCY_BODIES"[^[]*limit = (\d+), period = 10/.exec(wranglerToml)?.[1];
    const { burst, perSecond } = AGENCY.bodyBytes;
    expect(Number(limit) * BODY_UNIT_BYTES).toBe(burst + 10 * perSecond);
  });

  it.each([
    ['AGENCY_CALLS', AGENCY],
    ['OPERATOR_CALLS', limitsOf('operator')],
  ])('lets through all that the Newsroom admits in 10 s: %s', (name, { calls }) => {
    const limit = new RegExp(`name = "${name}"[^[]*limit = (\\d+), period = 10`).exec(wranglerToml)?.[1];
    expect(Number(limit)).toBe(calls.burst + 10 * calls.perSecond);
  });
});

describe('the memory of rates', () => {
  const limits: CallLimits = {
    calls: { perSecond: 1, burst: 2 },
    bodyBytes: { perSecond: 10, burst: 100 },
    answerBytes: { perSecond: 10, burst: 100 },
    atOnce: 2,
  };
  const make = (rates: CallRates, key: string, nowMs: number, answer = '') =>
    rates
      .limit({ key, bodyBytes: 0 }, nowMs, async () => ({ ok: true, status: 200, body: answer }))
      .then((given) =>
        given.ok ? 'ok' : 'retryAfterSeconds' in given.problem && given.problem.retryAfterSeconds,
      );

  it('counts an answer against the calls after it', async () => {
    const rates = new CallRates(() => limits);
    expect(await make(rates, 'a', 0, 'x'.repeat(150))).toBe('ok');
    expect(await make(rates, 'a', 1000)).toBe(4); // 50 over the limit, of which 10 are made up for
    expect(await make(rates, 'a', 5000)).toBe('ok');
  });

  it('survives a clock that goes back, and a call that throws', async () => {
    const rates = new CallRates(() => limits);
    expect(await make(rates, 'a', 1_000_000)).toBe('ok');
    expect(await make(rates, 'a', 0)).toBe('ok');
    expect(await make(rates, 'a', 0)).toBe(1);
    expect(await make(rates, 'a', 1000)).toBe('ok');
    for (let i = 0; i < 3; i++)
      await expect(
        rates.limit({ key: 'b', bodyBytes: 0 }, i * 1000, () => Promise.reject(new Error('a bug'))),
      ).rejects.toThrow('a bug');
  });

  it('is bounded: of more than 1,000 keys it forgets the one that has not called for the longest time', async () => {
    const rates = new CallRates(() => limits);
    for (let i = 0; i < 2; i++) await make(rates, 'first', 0);
    expect(await make(rates, 'first', 0)).toBe(1);
    for (let i = 0; i < 999; i++) await make(rates, `key ${i}`, 0);
    expect(await make(rates, 'first', 0)).toBe(1);
    for (let i = 0; i < 1000; i++) await make(rates, `other ${i}`, 0);
    expect(await make(rates, 'first', 0)).toBe('ok');
  });
});
