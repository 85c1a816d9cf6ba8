import { beforeAll, describe, expect, it } from 'vitest';
import { RIGHTS, type Right } from '../../../worker/model/rights.ts';
import { aSite } from '../a-site.ts';
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

  it('refuses a right that does not exist', async () => {
    const { agencies } = aSite();
    const body = aSite({ agencies: agencies.map((a) => ({ ...a, may: ['everything'] })) });
    expect((await staff('PUT', 'site', { body })).body.errors[0]).toMatchObject({
      pointer: '#/agencies/0/may/0',
    });
  });
});
