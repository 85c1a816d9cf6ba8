import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { beforeEach, describe, expect, it } from 'vitest';
import { MAX_ATTRIBUTION, MAX_NOTICE } from '../../../worker/model/limits.ts';
import { SqlRows } from '../../../worker/newsroom/ledger/sql-rows.ts';
import { Usage } from '../../../worker/newsroom/ledger/usage.ts';
import { aSite } from '../a-site.ts';
import { advanceClock } from '../clock.ts';
import { emptySite } from '../empty-site.ts';
import { rowsRead } from '../rows-read.ts';
import { createKey, get, newsContent, newsroom, setUpSite, pacedStaff as staff } from '../staff-client.ts';

const both = (text: string) => ({ ar: text, en: text });
const headers = { 'Nashra-Agency': 'media' };
const post = (collection: string, body: object, agency = 'media') =>
  staff('POST', collection, { body, headers: { 'Nashra-Agency': agency } });
const patch = (path: string, content: object) =>
  staff('PATCH', path, { body: { content, reason: 'r' }, headers });
const withdraw = (path: string) => staff('DELETE', path, { body: { reason: 'r' }, headers });
const imported = (collection: string, contents: readonly object[], dryRun = false) =>
  staff('POST', 'import', {
    body: {
      collection,
      items: contents.map((content) => ({ agency: 'media', content })),
      ...(dryRun ? { dryRun } : {}),
    },
  });
const over = async () => (await staff('GET', 'status')).body.over;
const repeat = <T>(count: number, create: (i: number) => T) =>
  Array.from({ length: count }, (_, i) => create(i));

const contact = (i: number) => ({ name: both(`Contact ${i}`), kind: 'other' });
const question = (topic: string) => ({ question: both('Q'), answer: both('A'), topic: both(topic) });
const phase = (order: number) => ({ order, title: both('Phase'), open: both('a'), closed: both('b') });
const alert = (until: string) => newsContent({ breaking: { until } });
const LATER = '2099-01-01T00:00:00Z';
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString().replace(/\.\d+/, '');
const TOMORROW = inMs(86_400_000);
/** The agencies, of which only these have all rights. */
const onlyMay = (...ids: readonly string[]) => ({
  agencies: aSite().agencies.map((one) => (ids.includes(one.id) ? one : { ...one, may: [] })),
});
const LIMITED = { breaking: 2, contacts: 3, topics: 2, topicItems: 3, phases: 2 };

beforeEach(async () => {
  await emptySite();
  await setUpSite({ ...onlyMay('media', 'finance'), limits: LIMITED });
});

describe('a limit of the settings', () => {
  it.each([
    ['contacts', repeat(3, contact), contact(4), '#', 'would make 4 contacts, and the limit is 3'],
    ['plan', repeat(2, phase), phase(3), '#', 'would make 3 phases of the plan, and the limit is 2'],
    ['faq', repeat(3, () => question('One')), question('One'), '#/topic', 'would make 4 questions'],
    ['faq', ['One', 'Two'].map(question), question('Three'), '#/topic', 'would make 3 topics'],
    [
      'news',
      repeat(2, () => alert(TOMORROW)),
      alert(TOMORROW),
      '#/breaking',
      'would make 3 news items that are breaking',
    ],
  ])(
    'refuses one more in %s: of all agencies, but to the operator',
    async (collection, contents, more, pointer, detail) => {
      const { key } = await createKey('finance');
      const asAgency = () => staff('POST', collection, { body: more, key });
      const refusal = {
        status: 422,
        body: { errors: [{ pointer, detail: expect.stringContaining(detail) }] },
      };
      expect(await imported(collection, contents)).toMatchObject({ status: 201 });
      expect(await asAgency()).toMatchObject(refusal); // it is of all agencies together
      expect(await over()).toEqual([]);
      // The operator may go on, up to what pages hold.
      const { body } = await post(collection, more);
      expect((await withdraw(`${collection}/${body.id}`)).status).toBe(200);
      expect(await imported(collection, [more], true)).toMatchObject({ status: 200 });
      expect((await withdraw(`${collection}/1`)).status).toBe(200);
      if (detail.includes('topics')) expect((await withdraw(`${collection}/2`)).status).toBe(200);
      expect((await asAgency()).status).toBe(201);
    },
  );

  it('gives way to the operator up to what pages hold: an import is refused from the first one beyond', async () => {
    const refused = await imported('contacts', repeat(101, contact));
    expect(refused.body.errors).toMatchObject([
      { pointer: '#/items/100/content', code: 'limit-contacts', params: { has: 101, most: 100 } },
    ]);
    expect((await imported('contacts', repeat(100, contact))).status).toBe(201);
    expect(await over()).toEqual([{ what: 'contacts', limit: 3, is: 100 }]);
  });

  it('lets an alert follow one that has ended, and an item move to another topic', async () => {
    await setUpSite({ ...onlyMay('media'), limits: LIMITED });
    const { key } = await createKey('media');
    const postOwn = (collection: string, body: object) => staff('POST', collection, { key, body });
    const patchOwn = (path: string, content: object) =>
      staff('PATCH', path, { key, body: { content, reason: 'r' } });
    const later = inMs(86_400_000);
    for (const until of [later, inMs(3_600_000)])
      expect((await postOwn('news', alert(until))).status).toBe(201);
    expect((await postOwn('news', alert(later))).status).toBe(422);
    const quiet = await postOwn('news', newsContent());
    expect((await patchOwn(`news/${quiet.body.id}`, { breaking: { until: later } })).status).toBe(422);
    advanceClock(3_600_000);
    expect((await patchOwn(`news/${quiet.body.id}`, { breaking: { until: later } })).status).toBe(200);
    for (const topic of ['One', 'Two']) expect((await postOwn('faq', question(topic))).status).toBe(201);
    expect((await patchOwn('faq/2', { topic: both('Three') })).status).toBe(200);
    expect((await postOwn('faq', question('Two'))).status).toBe(422);
    expect((await postOwn('faq', question('Three'))).status).toBe(201);
    expect((await patchOwn('faq/2', { topic: both('Four') })).status).toBe(422); // Three still has an item
  });

  it('holds for the bytes of an item and of an agency, and for its items', async () => {
    const size = (length: number) => newsContent({ body: both('x'.repeat(length)) });
    await setUpSite({ limits: { itemBytes: 10_000, agencyBytes: 15_000, agencyItems: 3 } });
    const [detail, bytes] = [
      expect.stringContaining('limits.itemBytes'),
      expect.stringContaining('limits.agencyBytes'),
    ];
    expect((await post('news', size(6_000))).body.errors).toMatchObject([{ pointer: '#', detail }]);
    expect((await post('news', size(3_500))).status).toBe(201);
    expect((await post('news', size(3_500))).status).toBe(201);
    expect((await post('news', size(3_500))).body.errors).toMatchObject([{ pointer: '#', detail: bytes }]);
    expect((await post('news', size(3_500), 'finance')).status).toBe(201);
    expect((await patch('news/1', { body: both('x'.repeat(4_500)) })).body.errors).toMatchObject([
      { pointer: '#/content', detail: bytes },
    ]);
    expect((await patch('news/1', { body: both('x') })).status).toBe(200);
    expect((await post('news', size(10))).status).toBe(201);
    expect((await post('news', size(10))).body.errors).toMatchObject([
      {
        pointer: '#',
        detail: expect.stringContaining('would make 4 public items of one agency, and the limit is 3'),
      },
    ]);
  });

  it('may be set only up to what pages and memory can hold', async () => {
    const { body } = await staff('PUT', 'site', {
      body: aSite({ limits: { breaking: 11, contacts: -1, more: 1 } }),
    });
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '#/limits/breaking',
      '#/limits/contacts',
      '#/limits/more',
    ]);
  });
});

describe('a site that is over a limit', () => {
  beforeEach(async () => {
    for (const [collection, contents] of [
      ['contacts', repeat(3, contact)],
      ['faq', repeat(3, () => question('One'))],
      ['news', repeat(2, () => alert(LATER))],
    ] as const)
      expect((await imported(collection, contents)).status).toBe(201);
    const limits = {
      breaking: 1,
      contacts: 1,
      topicItems: 1,
      itemBytes: 50,
      agencyItems: 2,
      agencyBytes: 100,
    };
    await setUpSite({ limits });
  });

  it('says so in its status, of which agency, topic and item', async () => {
    const listed = await over();
    for (const expected of [
      { what: 'breaking', limit: 1, is: 2 },
      { what: 'contacts', limit: 1, is: 3 },
      { what: 'topicItems', of: 'faq/One', limit: 1, is: 3 },
      { what: 'agencyItems', of: 'media', limit: 2, is: 8 },
      { what: 'agencyBytes', of: 'media', limit: 100, is: expect.any(Number) },
      { what: 'itemBytes', of: 'news/1', limit: 50, is: expect.any(Number) },
    ])
      expect(listed).toContainEqual(expected);
  });

  it('keeps all, and lets each be edited and withdrawn, if that makes it no worse', async () => {
    expect((await patch('news/1', { title: both('Title'), body: both('B') })).status).toBe(200);
    expect((await patch('news/1', { breaking: { until: '2098-01-01T00:00:00Z' } })).status).toBe(200);
    expect((await patch('contacts/1', { name: both('Contact') })).status).toBe(200);
    expect((await patch('faq/1', { question: both('W') })).status).toBe(200);
    expect((await patch('contacts/1', { name: both('A longer name') })).body.errors[0].pointer).toBe(
      '#/content',
    );
    expect((await withdraw('contacts/1')).status).toBe(200);
    const { key } = await createKey('media');
    expect((await staff('POST', 'contacts', { key, body: contact(9) })).status).toBe(422);
    for (const limits of [{}, undefined]) await setUpSite({ limits });
    expect(await over()).toEqual([]);
  });

  it('can keep a notice and an attribution from before they had a limit', async () => {
    const long = aSite({
      notice: both('n'.repeat(MAX_NOTICE + 1)),
      license: { name: 'L', attribution: both('a'.repeat(MAX_ATTRIBUTION + 1)) },
    });
    const refused = await staff('PUT', 'site', { body: long });
    expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '#/notice/ar',
      '#/notice/en',
      '#/license/attribution/ar',
      '#/license/attribution/en',
    ]);
    await runInDurableObject(newsroom(), (_, { storage }) => {
      storage.sql.exec('UPDATE site SET site = ?', JSON.stringify(long));
    });
    expect((await staff('PUT', 'site', { body: { ...long, name: both('New') } })).status).toBe(200);
    expect(await over()).toContainEqual({ what: 'notice', of: 'en', limit: MAX_NOTICE, is: MAX_NOTICE + 1 });
  });
});

describe('the use of limits', () => {
  const usage = () =>
    runInDurableObject(newsroom(), (_, { storage }) => [
      ...storage.sql.exec('SELECT * FROM usage ORDER BY what, of'),
      ...storage.sql.exec('SELECT * FROM breaking ORDER BY serial'),
    ]);

  it('is the same when it is counted from the ledger again, also for a site from before it was counted', async () => {
    await imported('contacts', repeat(3, contact));
    await imported('faq', [question('One'), question('Two'), question('Two')]);
    await post('news', alert(LATER));
    await patch('faq/1', { topic: both('Two') });
    await withdraw('contacts/2');
    await withdraw('faq/3');
    await setUpSite({ defaultLanguage: 'en' });
    const counted = await usage();
    expect(counted).toContainEqual({ what: 'topics', of: 'faq', amount: 1 });
    expect(counted).toContainEqual({ what: 'contacts', of: '', amount: 2 });
    expect(counted).toContainEqual({ what: 'topicItems/agency', of: 'media/faq/Two', amount: 2 });
    await runInDurableObject(newsroom(), (_, { storage }) => {
      storage.sql.exec('DELETE FROM usage');
      storage.sql.exec('DELETE FROM breaking');
      storage.sql.exec("UPDATE counter SET value = 4 WHERE name = 'rows'");
    });
    await evictDurableObject(newsroom());
    await staff('GET', 'status');
    expect(await usage()).toEqual(counted);
  });

  it('is read without reading items: as many rows with 200 items as with none', async () => {
    const use = () =>
      runInDurableObject(newsroom(), (_, { storage }) => {
        const used = new Usage(storage.sql);
        used.breakingAt('2021-08-03T00:00:00Z' as never);
        used.amount('agencyItems', 'media');
        used.above('agencyBytes', 10);
        new SqlRows(storage.sql).largerItems(500_000);
      });
    const rowsOf = async () => [...(await rowsRead(use)).values()].reduce((sum, rows) => sum + rows, 0);
    const before = await rowsOf();
    await imported(
      'news',
      repeat(200, () => newsContent()),
    );
    expect(await rowsOf()).toBeLessThan(before + 10);
  });
});

it('an import of 1,000 news of one day gives a month of bounded pages, which readers get', async () => {
  await imported(
    'news',
    repeat(1_000, () => newsContent()),
  );
  for (const page of ['', 'page-1/', 'page-19/']) {
    const answer = await get(`/en/news/2021-08/${page}`);
    expect(answer.status, page).toBe(200);
    expect(answer.body.length).toBeLessThan(60_000);
  }
  expect((await get('/en/news/2021-08/page-20/')).status).toBe(404);
});
