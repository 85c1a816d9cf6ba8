import { beforeAll, describe, expect, it } from 'vitest';
import { RIGHTS } from '../../../worker/model/rights.ts';
import { type StaffCallKind, staffCall } from '../../../worker/model/staff/calls.ts';
import { aSite } from '../a-site.ts';
import { createKey, newsContent, OPERATOR_KEY, setUpSite, pacedStaff as staff } from '../staff-client.ts';

/** A call of the table, with the status of the answer to the operator and to a publisher (here the health ministry). */
type Case = {
  /** The values of the path's parameters; `id` is `own` for the news item that the caller's agency just published. */
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly operator: number;
  readonly publisher: number;
};

const news = { collection: 'news' };
const own = { collection: 'news', id: 'own' };
const day = { date: '2020-03-01' };
const noKey = { id: '0000000000000000' };

/** Written by hand, so that a change of a role in the table of calls fails. A call that is missing does not compile. */
const CASES: Readonly<Record<StaffCallKind, Case>> = {
  whoami: { operator: 200, publisher: 200 },
  status: { operator: 200, publisher: 200 },
  'get-site': { operator: 200, publisher: 200 },
  'put-site': { body: aSite(), operator: 200, publisher: 403 },
  'put-figures': { params: day, body: { values: { new_cases: 1 } }, operator: 200, publisher: 200 },
  'get-today': { operator: 200, publisher: 200 },
  'list-figures': { operator: 200, publisher: 200 },
  'get-figures': { params: day, operator: 200, publisher: 200 },
  'add-item': { params: news, body: newsContent(), operator: 201, publisher: 201 },
  'list-items': { params: news, operator: 200, publisher: 200 },
  'get-item': { params: own, operator: 200, publisher: 200 },
  'replace-item': { params: own, body: { content: newsContent() }, operator: 200, publisher: 200 },
  'patch-item': { params: own, body: { content: { date: '2021-08-02' } }, operator: 200, publisher: 200 },
  'withdraw-item': { params: own, body: { reason: 'x' }, operator: 200, publisher: 200 },
  'post-withdrawal': { params: own, body: { reason: 'x' }, operator: 200, publisher: 200 },
  import: { body: { collection: 'news', items: [] }, operator: 200, publisher: 403 },
  'add-key': { body: { agency: 'media' }, operator: 201, publisher: 403 },
  'list-keys': { operator: 200, publisher: 403 },
  'get-key': { params: noKey, operator: 404, publisher: 403 },
  'revoke-key': { params: noKey, body: {}, operator: 404, publisher: 403 },
  'list-ledger': { operator: 200, publisher: 403 },
  'get-entry': { params: { seq: '1' }, operator: 200, publisher: 403 },
  'erase-entry': { params: { seq: '1' }, body: { reason: 'x' }, operator: 409, publisher: 403 },
  tick: { operator: 200, publisher: 403 },
  rebuild: { operator: 200, publisher: 403 },
};
const KINDS = Object.keys(CASES) as readonly StaffCallKind[];

/** Makes a call as the table declares it; gives the status. `ownId` replaces the id `own`. */
async function statusOf(kind: StaffCallKind, key: string, ownId: string): Promise<number> {
  const { params = {}, body } = CASES[kind];
  const { method, path } = staffCall(kind);
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    params[name] === 'own' ? ownId : (params[name] ?? ''),
  );
  return (await staff(method, filled, { body, key })).status;
}

/** Publishes a news item with a key; gives its id. */
const publishNews = async (key: string): Promise<string> =>
  (await staff('POST', 'news', { body: newsContent(), key })).body.id;

describe('the rights of the operator and of a publisher', () => {
  let health: { id: string; key: string };
  beforeAll(async () => {
    await setUpSite();
    health = await createKey('health');
  });

  it.each(KINDS)('for the call %s', async (kind) => {
    for (const [role, key] of [
      ['operator', OPERATOR_KEY],
      ['publisher', health.key],
    ] as const) {
      const isOwn = CASES[kind].params?.id === 'own';
      expect(await statusOf(kind, key, isOwn ? await publishNews(key) : ''), role).toBe(CASES[kind][role]);
    }
  });

  it.each(['replace-item', 'patch-item', 'withdraw-item', 'post-withdrawal'] as const)(
    "do not reach another agency's item with the call %s",
    async (kind) => {
      expect(await statusOf(kind, health.key, await publishNews(OPERATOR_KEY))).toBe(403);
      expect(await statusOf(kind, OPERATOR_KEY, await publishNews(health.key))).toBe(403);
    },
  );

  it('are shown by whoami, with the agency of the key', async () => {
    expect((await staff('GET', 'whoami')).body).toEqual({
      key: 'operator',
      role: 'operator',
      agency: 'it',
      may: RIGHTS,
      metrics: ['new_cases', 'critical', 'quarantine'],
    });
    expect((await staff('GET', 'whoami', { key: health.key })).body).toEqual({
      key: health.id,
      role: 'publisher',
      agency: 'health',
      may: RIGHTS,
      metrics: ['new_cases', 'critical', 'quarantine'],
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
