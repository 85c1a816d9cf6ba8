import { runInDurableObject } from 'cloudflare:test';
import { beforeEach, describe, expect, it } from 'vitest';
import { Usage } from '../../../worker/newsroom/ledger/usage.ts';
import { advanceClock } from '../clock.ts';
import { emptySite } from '../empty-site.ts';
import { createKey, newsContent, newsroom, setUpSite, pacedStaff as staff } from '../staff-client.ts';

const both = (text: string) => ({ ar: text, en: text });
const headers = { 'Nashra-Agency': 'media' };
const over = async () => (await staff('GET', 'status')).body.over;

beforeEach(async () => {
  await emptySite();
  await setUpSite();
});

describe('what is said about figures', () => {
  const note = (length: number) => both('x'.repeat(length));
  const put = (date: string, values: object, agency = 'health') =>
    staff('PUT', `statistics/${date}`, {
      body: { values, reason: 'r' },
      headers: { 'Nashra-Agency': agency },
    });
  const bytes = { code: 'limit-agency-bytes', pointer: '#/values' };
  const noted = (length: number) => ({ value: 1, note: note(length) });
  const used = () =>
    runInDurableObject(newsroom(), (_, { storage }) =>
      new Usage(storage.sql).amount('agencyBytes', 'health'),
    );
  const of = (...lengths: readonly number[]) =>
    lengths.reduce((sum, length) => sum + JSON.stringify({ note: note(length) }).length, 0);

  it('notes count once, as long as they stand, and are refused beyond it; numbers never are', async () => {
    await setUpSite({ limits: { agencyBytes: 2_000 } });
    expect((await put('2021-05-20', { new_cases: noted(300), critical: noted(300) })).status).toBe(200);
    expect(await used()).toBe(of(300, 300));
    expect((await put('2021-05-21', { new_cases: noted(300) })).status).toBe(200);
    expect((await put('2021-05-22', { new_cases: noted(300) })).body.errors).toMatchObject([bytes]);
    expect(
      (
        await staff('POST', 'news', {
          body: newsContent({ body: both('x'.repeat(100)) }),
          headers: { 'Nashra-Agency': 'health' },
        })
      ).body.errors,
    ).toMatchObject([{ ...bytes, pointer: '#' }]);
    expect((await put('2021-05-22', { new_cases: 7, critical: 3 })).status).toBe(200);
    // What makes it no worse passes, and what goes makes room.
    expect((await put('2021-05-21', { new_cases: noted(290) })).status).toBe(200);
    expect((await put('2021-05-20', { critical: 4 })).status).toBe(200);
    expect(await used()).toBe(of(300, 290));
    expect((await put('2021-05-22', { new_cases: noted(300) })).status).toBe(200);
    const counted = await used();
    await setUpSite({ limits: { agencyBytes: 100 } });
    expect(await over()).toContainEqual({ what: 'agencyBytes', of: 'health', limit: 100, is: counted });
    expect((await put('2021-05-20', { new_cases: { value: 1, note: both('x') } })).status).toBe(200);
  });

  it('the same is counted from the ledger again, after an erasure too', async () => {
    await put('2021-05-20', { new_cases: noted(300), critical: noted(200) });
    const { entries } = (await staff('GET', 'status')).body;
    await put('2021-05-21', { new_cases: noted(100) });
    const cells = [{ metric: 'critical', date: '2021-05-20' }];
    expect((await staff('POST', `ledger/${entries}/erasure`, { body: { reason: 'r', cells } })).status).toBe(
      201,
    );
    expect(await used()).toBe(of(300, 100));
    await staff('POST', 'rebuild', { body: {} });
    expect(await used()).toBe(of(300, 100));
  });

  it('one figure has so much that a row of 100 figures holds them', async () => {
    const tags = ['ar', ...'en fr de es it pt ru tr fa ur hi bn ta te ml si ne'.split(' ')];
    await setUpSite({ languages: tags.map((tag) => ({ tag, locale: tag })) });
    const texts = (length: number) => Object.fromEntries(tags.map((tag) => [tag, '文'.repeat(length)]));
    const answer = await put('2021-05-20', { critical: { value: 1, note: texts(300) } });
    expect(answer.body.errors).toMatchObject([{ code: 'cell-too-large', pointer: '#/values/critical' }]);
    expect((await put('2021-05-20', { critical: { value: 1, note: texts(250) } })).status).toBe(200);
  });
});

it('the limit on what an agency’s keys add to the ledger ends with the day, and holds for all its keys, but not for withdrawals', async () => {
  await setUpSite({ limits: { dailyBytes: 20_000 } });
  const [first, second] = [(await createKey('media')).key, (await createKey('media')).key];
  const postBy = (key: string | undefined) =>
    staff('POST', 'news', {
      ...(key ? { key } : { headers }),
      body: newsContent({ body: both('x'.repeat(4_000)) }),
    });
  expect((await postBy(first)).status).toBe(201);
  expect((await postBy(second)).status).toBe(201);
  const short = { body: { content: { title: both('T') }, reason: 'r' }, key: first };
  const refused = await staff('PATCH', 'news/1', short); // the entry holds the whole content
  expect(refused).toMatchObject({ status: 429, body: { code: 'limit-daily-bytes' } });
  const seconds = Number(refused.headers.get('Retry-After'));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(86_400);
  expect((await postBy(undefined)).status).toBe(201); // the operator, in the agency’s name
  expect((await staff('DELETE', 'news/2', { body: { reason: 'r' }, key: second })).status).toBe(200);
  await staff('POST', 'rebuild', { body: {} });
  expect((await staff('PATCH', 'news/1', short)).status).toBe(429);
  advanceClock(seconds * 1000);
  expect((await staff('PATCH', 'news/1', short)).status).toBe(200);
});
