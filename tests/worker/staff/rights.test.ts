import { beforeAll, describe, expect, it } from 'vitest';
import { RIGHTS, type Right } from '../../../worker/model/rights.ts';
import { aSite } from '../a-site.ts';
import { advanceClock } from '../clock.ts';
import { CONTENT_EXAMPLES } from '../content-examples.ts';
import { emptySite } from '../empty-site.ts';
import { createKey, newsContent, setUpSite, pacedStaff as staff } from '../staff-client.ts';

const breaking = { until: '2099-01-01T00:00:00Z' };
const hotline = { name: { ar: 'خط' }, kind: 'hotline', phone: '151' };

/** Gives the health ministry these rights, or all if there are none to name. */
const grant = (may: readonly Right[] | undefined) => {
  const { agencies } = aSite();
  return setUpSite({ agencies: agencies.map((a) => (a.id === 'health' && may ? { ...a, may } : a)) });
};

describe('what an agency may publish', () => {
  let key: string;
  beforeAll(async () => {
    await setUpSite();
    key = (await createKey('health')).key;
  });

  it('is refused to its key without the right, but not to the operator, and accepted with the right', async () => {
    await grant(['contacts']);
    const refused = await staff('POST', 'contacts', { body: hotline, key });
    expect(refused).toMatchObject({
      status: 403,
      body: { detail: expect.stringMatching(/it lacks hotline\./) },
    });
    expect(await staff('POST', 'news', { body: newsContent({ breaking }), key })).toMatchObject({
      status: 403,
      body: { detail: expect.stringMatching(/it lacks news, breaking\./) },
    });
    const headers = { 'Nashra-Agency': 'health' };
    expect((await staff('POST', 'contacts', { body: hotline, headers })).status).toBe(201);
    expect((await staff('GET', 'whoami', { key })).body.may).toEqual(['contacts']);
    await grant(['contacts', 'hotline']);
    expect((await staff('POST', 'contacts', { body: hotline, key })).status).toBe(201);
  });

  it('is everything if the settings name no rights', async () => {
    await grant(undefined);
    expect((await staff('GET', 'whoami', { key })).body.may).toEqual(RIGHTS);
    expect((await staff('POST', 'contacts', { body: hotline, key })).status).toBe(201);
  });

  it('lets an agency correct and withdraw what it has published, but add nothing that takes a right it lost', async () => {
    await grant(undefined);
    const { id } = (await staff('POST', 'news', { body: newsContent(), key })).body;
    await grant([]);
    const patch = (content: object) => staff('PATCH', `news/${id}`, { body: { content, reason: 'r' }, key });
    expect((await patch({ title: { ar: 'أصح' } })).status).toBe(200);
    expect(await patch({ breaking })).toMatchObject({ status: 403 });
    const whole = { body: { content: newsContent({ breaking }), reason: 'r' }, key };
    expect((await staff('PUT', `news/${id}`, whole)).status).toBe(403);
    expect((await staff('DELETE', `news/${id}`, { body: { reason: 'r' }, key })).status).toBe(200);
  });

  it('ends no decision of another agency sooner, nor says more on its page, where the operator let it replace that', async () => {
    await grant(undefined);
    const decision = (changes: object) => ({ ...CONTENT_EXAMPLES.decisions.full, ...changes });
    const post = async (agency: string, body: object) =>
      (await staff('POST', 'decisions', { body, headers: { 'Nashra-Agency': agency } })).body.id;
    const target = await post('media', decision({ replaces: undefined }));
    const own = await post('health', decision({ replaces: target }));
    const edit = (changes: object) =>
      staff('PUT', `decisions/${own}`, { key, body: { content: decision(changes), reason: 'r' } });
    for (const changes of [
      { title: { ar: 'افتراء' } },
      { effectiveFrom: '2020-01-01' },
      { effectiveFrom: undefined, effectiveUntil: undefined, date: '2020-01-01' },
    ])
      expect(await edit({ replaces: target, ...changes }), JSON.stringify(changes)).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '#/content/replaces', code: 'replaces-foreign-more' }] },
      });
    expect((await edit({ replaces: target, number: '7' })).status).toBe(200);
    expect(
      (await edit({ replaces: target, effectiveFrom: '2031-01-01', effectiveUntil: undefined })).status,
    ).toBe(200);
    expect((await edit({ replaces: undefined, title: { ar: 'غيره' } })).status).toBe(200);
  });

  it('is an alert of seven days at most, that can be made longer in time; the operator may set any end', async () => {
    await grant(undefined);
    const inDays = (days: number) =>
      new Date(Date.now() + days * 86_400_000).toISOString().replace(/\.\d+/, '');
    const alert = (until: string) => newsContent({ breaking: { until } });
    const post = (until: string, more: object) => staff('POST', 'news', { body: alert(until), ...more });
    const faults = {
      errors: [{ pointer: '#/breaking/until', code: 'breaking-too-long', params: { days: 7 } }],
    };
    for (const until of [inDays(7.01), '9999-12-31T00:00:00Z'])
      expect(await post(until, { key })).toMatchObject({ status: 422, body: faults });
    const { id } = (await post(inDays(6.99), { key })).body;
    const edit = (path: string, content: object) =>
      staff('PATCH', `news/${path}`, { key, body: { content, reason: 'r' } });
    expect((await edit(id, { breaking: { until: inDays(7.01) } })).status).toBe(422);
    advanceClock(86_400_000);
    expect((await edit(id, { breaking: { until: inDays(6.99) } })).status).toBe(200);
    // What is longer already may stay, and end sooner.
    const long = (await post('2098-01-01T00:00:00Z', { headers: { 'Nashra-Agency': 'health' } })).body.id;
    expect((await edit(long, { title: { ar: 'أصح' } })).status).toBe(200);
    expect((await edit(long, { breaking: { until: '2097-01-01T00:00:00Z' } })).status).toBe(200);
    expect((await edit(long, { breaking: { until: '2098-01-01T00:00:00Z' } })).status).toBe(422);
  });

  it('refuses a right that does not exist', async () => {
    const { agencies } = aSite();
    const body = aSite({ agencies: agencies.map((a) => ({ ...a, may: ['everything'] })) });
    expect((await staff('PUT', 'site', { body })).body.errors[0]).toMatchObject({
      pointer: '#/agencies/0/may/0',
    });
  });
});

it('a share of what all use leaves room for the other agencies and for the operator, however much one key sends', async () => {
  const both = (text: string) => ({ ar: text, en: text });
  const remark = { metric: 'quarantine', kind: 'problem', date: '2021-05-20', text: both('x') };
  const tip = () => ({ title: both('T'), body: both('B'), topic: both('One') });
  // Of five, one is kept for each other agency that may use it, here three, but of remarks one.
  const kinds: readonly (readonly [string, string, string, number, (i: number) => object])[] = [
    [
      'news',
      'breaking',
      '#/breaking',
      2,
      () => newsContent({ breaking: { until: new Date(Date.now() + 86_400_000).toISOString() } }),
    ],
    ['contacts', 'contacts', '#', 2, (i) => ({ name: both(`Contact ${i}`), kind: 'other' })],
    [
      'faq',
      'topics',
      '#/topic',
      2,
      (i) => ({ question: both('Q'), answer: both('A'), topic: both(`Topic ${i}`) }),
    ],
    ['guidance', 'topicItems', '#/topic', 2, tip],
    ['plan', 'phases', '#', 2, (order) => ({ order, title: both('P'), open: both('a'), closed: both('b') })],
    ['remarks', 'remarks', '#', 4, () => remark],
  ];

  await emptySite();
  await setUpSite({
    limits: { breaking: 5, contacts: 5, topics: 5, topicItems: 5, phases: 5, remarks: 5 },
  });
  const [health, finance] = [await createKey('health'), await createKey('finance')];
  for (const [collection, limit, pointer, most, content] of kinds) {
    const send = ({ key }: { readonly key: string }, i: number) =>
      staff('POST', collection, { key, body: content(i) });
    const items = Array.from({ length: most }, (_, i) => ({ agency: 'health', content: content(i) }));
    expect((await staff('POST', 'import', { body: { collection, items } })).status).toBe(201);
    const params = { has: most + 1, most, limit, agency: 'health' };
    expect(await send(health, 10)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer, code: 'limit-share', params }] },
    });
    expect((await send(finance, 11)).status, collection).toBe(201);
    const asHealth = { body: content(12), headers: { 'Nashra-Agency': 'health' } };
    expect((await staff('POST', collection, asHealth)).status, collection).toBe(201);
  }
  // What an agency withdraws makes room for it again, up to the limit of all.
  for (const id of ['1', '2'])
    await staff('DELETE', `contacts/${id}`, { key: health.key, body: { reason: 'r' } });
  const again = await staff('POST', 'contacts', { key: health.key, body: { ...hotline, kind: 'other' } });
  expect(again.status).toBe(201);
});
