import { beforeAll, describe, expect, it } from 'vitest';
import { aSite } from '../a-site.ts';
import { createKey, newsContent, setUpSite, pacedStaff as staff } from '../staff-client.ts';

// The status of each call for an operator's key and for a publisher's key (here the health ministry's).
const CASES: readonly [method: string, path: string, body: unknown, operator: number, publisher: number][] = [
  ['GET', 'whoami', undefined, 200, 200],
  ['GET', 'status', undefined, 200, 200],
  ['GET', 'site', undefined, 200, 200],
  ['PUT', 'site', aSite(), 200, 403],
  ['PUT', 'statistics/2020-03-01', { values: { new_cases: 1 } }, 200, 200],
  ['GET', 'statistics/2020-03-01', undefined, 200, 200],
  ['POST', 'news', newsContent(), 201, 201],
  ['GET', 'news', undefined, 200, 200],
  ['GET', 'news/1', undefined, 200, 200],
  ['PUT', 'news/1', { content: newsContent() }, 200, 403],
  ['POST', 'contacts', { name: { ar: 'أ', en: 'a' }, kind: 'other' }, 201, 201],
  ['POST', 'import', { collection: 'news', items: [] }, 200, 403],
  ['POST', 'keys', { agency: 'media' }, 201, 403],
  ['GET', 'keys', undefined, 200, 403],
  ['GET', 'keys/0000000000000000', undefined, 404, 403],
  ['DELETE', 'keys/0000000000000000', {}, 404, 403],
  ['GET', 'ledger', undefined, 200, 403],
  ['GET', 'ledger/1', undefined, 200, 403],
  ['POST', 'ledger/1/erasure', { reason: 'x' }, 409, 403],
  ['POST', 'tick', undefined, 200, 403],
];

describe('the rights of the operator and of a publisher', () => {
  let health: { id: string; key: string };
  beforeAll(async () => {
    await setUpSite();
    health = await createKey('health');
  });

  it.each(CASES)('for %s %s', async (method, path, body, operator, publisher) => {
    expect((await staff(method, path, { body })).status, 'operator').toBe(operator);
    expect((await staff(method, path, { body, key: health.key })).status, 'publisher').toBe(publisher);
  });

  it('are shown by whoami, with the agency of the key', async () => {
    expect((await staff('GET', 'whoami')).body).toEqual({ key: 'operator', role: 'operator', agency: 'it' });
    expect((await staff('GET', 'whoami', { key: health.key })).body).toEqual({
      key: health.id,
      role: 'publisher',
      agency: 'health',
    });
  });

  it('end as soon as the key is revoked; the key stays in the list, without its secret', async () => {
    const media = await createKey('media');
    expect((await staff('GET', 'whoami', { key: media.key })).status).toBe(200);
    const revoked = await staff('DELETE', `keys/${media.id}`, { body: {} });
    expect(revoked).toMatchObject({ status: 200, body: { id: media.id, version: 2 } });
    expect((await staff('GET', 'whoami', { key: media.key })).status).toBe(401);
    expect((await staff('DELETE', `keys/${media.id}`, { body: {} })).status).toBe(409);
    expect((await staff('GET', `keys/${media.id}`)).body).toMatchObject({ id: media.id, version: 2 });
    const { items } = (await staff('GET', 'keys')).body;
    const listed = items.find((item: { id: string }) => item.id === media.id);
    expect(listed).toMatchObject({ agency: 'media', role: 'publisher', revokedAt: expect.any(String) });
    expect(JSON.stringify(items)).not.toContain(media.key.slice(-43));
  });

  it('come with a key that is shown only once, even if the request is repeated', async () => {
    const options = { body: { agency: 'media' }, headers: { 'Idempotency-Key': 'new-key' } };
    const first = await staff('POST', 'keys', options);
    const repeated = await staff('POST', 'keys', options);
    expect(repeated.body.id).toBe(first.body.id);
    expect(repeated.body.key).toBeUndefined();
  });
});
