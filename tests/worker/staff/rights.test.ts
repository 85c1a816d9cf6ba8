import { beforeAll, describe, expect, it } from 'vitest';
import { COLLECTIONS, type Collection } from '../../../worker/model/collections/registry.ts';
import { RIGHTS, type Right } from '../../../worker/model/rights.ts';
import { aSite } from '../a-site.ts';
import { CONTENT_EXAMPLES } from '../content-examples.ts';
import { createKey, newsContent, setUpSite, pacedStaff as staff } from '../staff-client.ts';

const healthName = { ar: 'Health ministry ع', en: 'Health ministry' };
const breaking = { until: '2099-01-01T00:00:00Z' };

/** A content that takes a right, and the other rights that it takes. A right that is missing here does not compile. */
const CASES: Readonly<Record<Exclude<Right, Collection>, [Collection, object]>> = {
  breaking: ['news', newsContent({ breaking })],
  hotline: ['contacts', { name: { ar: 'خط' }, kind: 'hotline', phone: '151' }],
  fund: ['contacts', { name: { ar: 'صندوق' }, kind: 'fund' }],
  'other-issuer': ['decisions', { ...CONTENT_EXAMPLES.decisions.least, issuer: { ar: 'مجلس الوزراء' } }],
};
const caseOf = (right: Right): readonly [Collection, object] => {
  const special = Object.entries(CASES).find(([name]) => name === right)?.[1];
  if (special) return special;
  const collection = COLLECTIONS.find((name) => name === right) ?? 'news';
  const own = collection === 'decisions' ? { issuer: healthName } : {};
  return [collection, { ...CONTENT_EXAMPLES[collection].least, ...own }];
};

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

  it.each(RIGHTS)('%s: refused without the right, accepted with it', async (right) => {
    const [collection, body] = caseOf(right);
    await grant(RIGHTS.filter((other) => other !== right));
    const refused = await staff('POST', collection, { body, key });
    expect(refused.status).toBe(403);
    expect(refused.body.detail).toMatch(new RegExp(`it lacks ${right}\\.`));
    expect((await staff('POST', collection, { body, headers: { 'Nashra-Agency': 'health' } })).status).toBe(
      201,
    );
    await grant(right === collection ? [right] : [right, collection]);
    expect((await staff('POST', collection, { body, key })).status).toBe(201);
    expect((await staff('GET', 'whoami', { key })).body.may).toContain(right);
  });

  it('is everything if the settings name no rights', async () => {
    await grant(undefined);
    expect((await staff('GET', 'whoami', { key })).body.may).toEqual(RIGHTS);
    for (const right of RIGHTS) {
      const [collection, body] = caseOf(right);
      expect((await staff('POST', collection, { body, key })).status).toBe(201);
    }
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
