import { beforeAll, describe, expect, it } from 'vitest';
import {
  COLLECTIONS,
  type Collection,
  type ContentOf,
  hasPermalinks,
  headingOf,
  isAboutFigures,
} from '../../../worker/model/collections/registry.ts';
import { itemPaths } from '../../../worker/model/path.ts';
import { aSite } from '../a-site.ts';
import { CONTENT_EXAMPLES } from '../content-examples.ts';
import { createKey, get, OPERATOR_KEY, setUpSite, pacedStaff as staff } from '../staff-client.ts';

/** A full content with another heading, and the field of that heading. */
const edited = (collection: Collection) => {
  const { full } = CONTENT_EXAMPLES[collection];
  const { field } = headingOf(collection, full as unknown as ContentOf[Collection]);
  return { field, content: { ...full, [field]: { ar: 'مصحح', en: 'Corrected' } } };
};

const pointers = (answer: { body: { errors: { pointer: string }[] } }) =>
  answer.body.errors.map(({ pointer }) => pointer).sort();

describe.each(COLLECTIONS)('%s', (collection) => {
  let media: { id: string; key: string };
  const { least, full } = CONTENT_EXAMPLES[collection];
  const list = async () => (await get(`/api/v1/${collection}.json`)).body.items as { id: string }[];
  const add = async (content: unknown = full) =>
    (await staff('POST', collection, { key: media.key, body: content })).body.id as string;

  beforeAll(async () => {
    const reporters = { agencies: ['health', 'media', 'finance'] }; // who may also say what is known of a figure
    const metrics = aSite().metrics.map((m) => (m.kind === 'total' ? m : { ...m, ...reporters }));
    await setUpSite(isAboutFigures(collection) ? { metrics } : {});
    media = await createKey('media');
  }, 30_000);

  it('accepts an item, an edit and a withdrawal, and readers see each of them', async () => {
    for (const content of [least, full]) {
      const added = await staff('POST', collection, { key: media.key, body: content });
      expect(added.status, JSON.stringify(added.body)).toBe(201);
      const { id } = added.body;
      const path = `${collection}/${id}`;
      expect(added.headers.get('Location')).toBe(`/api/v1/staff/${path}`);
      expect(added.body).toEqual({
        id,
        version: 1,
        release: expect.any(Number),
        changed: Object.keys(content),
        url: itemPaths(aSite(), { collection, id }),
      });
      expect((await list()).find((item) => item.id === id)).toMatchObject({ agency: 'media', ...content });
      const page = `/en/${path}`;
      expect((await get(page)).status).toBe(hasPermalinks(collection) ? 200 : 404);

      const { field, content: newContent } = edited(collection);
      const put = await staff('PUT', path, {
        key: media.key,
        body: { content: newContent, reason: 'A slip' },
      });
      expect(put).toMatchObject({
        status: 200,
        body: { id, version: 2, changed: expect.arrayContaining([field]) },
      });
      expect((await list()).find((item) => item.id === id)).toMatchObject(newContent);
      const unchanged = await staff('PUT', path, { key: media.key, body: { content: newContent } });
      expect(unchanged).toMatchObject({ status: 200, body: { id, version: 2, changed: [] } });

      const withdrawn = await staff('DELETE', path, { key: media.key, body: { reason: 'Not true' } });
      expect(withdrawn).toMatchObject({ status: 200, body: { id, version: 3 } });
      expect((await list()).find((item) => item.id === id)).toBeUndefined();
      const withdrawnPage = await get(page);
      expect(withdrawnPage.status).toBe(hasPermalinks(collection) ? 410 : 404);
      if (hasPermalinks(collection)) expect(withdrawnPage.body).toContain('Not true');
      const staffForm = await staff('GET', path, { key: media.key });
      expect(staffForm.headers.get('ETag')).toBe('"3"');
      expect(staffForm.body).toMatchObject({ id, version: 3, state: 'withdrawn', content: newContent });
      const [withdrawal, edit] = (await get('/api/v1/changes.json')).body.items;
      expect(withdrawal).toMatchObject({ kind: 'withdrawal', collection, item: id, now: null });
      expect(edit).toMatchObject({ kind: 'edit', collection, item: id, now: { [field]: newContent[field] } });
      expect(edit.reason).toBe('A slip');
    }
    const { items } = (await staff('GET', collection)).body;
    expect(items.map((item: { state: string }) => item.state)).toEqual(['withdrawn', 'withdrawn']);
  });

  it('lists every fault of a content, and changes nothing', async () => {
    const entriesBefore = (await staff('GET', 'status')).body.entries;
    const required = Object.keys(least).map((field) => `#/${field}`);
    expect(pointers(await staff('POST', collection, { body: {} }))).toEqual(required.sort());
    const wrongContent = Object.fromEntries([...Object.keys(full), 'colour'].map((name) => [name, 7.1234]));
    const id = await add();
    const faults = Object.keys(wrongContent).map((field) => `#/content/${field}`);
    expect(
      pointers(
        await staff('PUT', `${collection}/${id}`, { key: media.key, body: { content: wrongContent } }),
      ),
    ).toEqual(faults.sort());
    const items = [
      { agency: 'media', content: full },
      { agency: 'media', content: wrongContent },
    ];
    const imported = await staff('POST', 'import', { body: { collection, items } });
    expect(pointers(imported)).toEqual(faults.map((pointer) => pointer.replace('#', '#/items/1')).sort());
    expect((await staff('GET', 'status')).body.entries).toBe(entriesBefore + 1);
  });

  it('refuses callers without the right, unknown ids, old versions and calls about a withdrawn item', async () => {
    const id = await add();
    const path = `${collection}/${id}`;
    const { key } = await createKey('health');
    const body = { content: edited(collection).content };
    const status = async (method: string, path: string, options: Parameters<typeof staff>[2]) =>
      (await staff(method, path, options)).status;
    expect(await status('POST', collection, { key: null, body: full })).toBe(401);
    expect(await status('PUT', path, { key, body })).toBe(403);
    expect(await status('DELETE', path, { key, body: { reason: 'x' } })).toBe(403);
    expect(await status('PUT', path, { body })).toBe(403); // the operator does not name the agency
    expect(await status('PUT', `${collection}/9999`, { key: media.key, body })).toBe(404);
    expect(await status('DELETE', `${collection}/9999`, { key: media.key, body: { reason: 'x' } })).toBe(404);
    expect(await status('GET', `${collection}/9999`, {})).toBe(404);
    expect(await status('POST', path, { key: media.key, body })).toBe(405);
    expect(await status('DELETE', path, { key: media.key, body: {} })).toBe(422);
    const stale = { 'If-Match': '"7"' };
    expect(await status('PUT', path, { key: media.key, body, headers: stale })).toBe(412);
    expect(await status('DELETE', path, { key: media.key, body: { reason: 'x' }, headers: stale })).toBe(412);
    const asMedia = { 'Nashra-Agency': 'media', 'If-Match': '"1"' };
    expect(await status('PUT', path, { body, headers: asMedia })).toBe(200);
    expect(await status('DELETE', path, { key: media.key, body: { reason: 'x' } })).toBe(200);
    expect(await status('PUT', path, { key: media.key, body: { content: full } })).toBe(409);
    expect(await status('DELETE', path, { key: media.key, body: { reason: 'x' } })).toBe(409);
  });

  it('is imported with its original time and agency, in one entry', async () => {
    const entriesBefore = (await staff('GET', 'status')).body.entries;
    const items = [least, full].map((content) => ({
      agency: 'finance',
      publishedAt: '2020-05-01T00:00:00Z',
      content,
    }));
    const dry = await staff('POST', 'import', { body: { collection, items, dryRun: true } });
    expect(dry).toMatchObject({ status: 200, body: { dryRun: true } });
    const answer = await staff('POST', 'import', { body: { collection, items } });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    expect(answer.body.items).toEqual(dry.body.items);
    expect((await staff('GET', 'status')).body.entries).toBe(entriesBefore + 1);
    const listed = (await list()).filter(({ id }) => answer.body.items.includes(id));
    expect(listed).toHaveLength(2);
    for (const item of listed)
      expect(item).toMatchObject({ publishedAt: '2020-05-01T00:00:00Z', agency: 'finance' });
  });

  it('gives a repeated request the same answer, and adds one item', async () => {
    const options = { key: media.key, body: full, headers: { 'Idempotency-Key': `again-${collection}` } };
    const [first, second] = [
      await staff('POST', collection, options),
      await staff('POST', collection, options),
    ];
    expect(second).toMatchObject({ status: first.status, body: first.body });
    expect((await staff('POST', collection, { ...options, body: least })).status).toBe(422);
  });

  it('can be erased after it is withdrawn, and then no public document holds its words', async () => {
    const secret = `secret-${collection}`;
    const { field } = edited(collection);
    const id = await add({ ...full, [field]: { ar: secret } });
    const seq = (await staff('GET', 'status')).body.entries;
    const erase = () => staff('POST', `ledger/${seq}/erasure`, { body: { reason: 'A court' } });
    expect((await erase()).status).toBe(409);
    await staff('DELETE', `${collection}/${id}`, { key: media.key, body: { reason: 'x' } });
    expect((await erase()).status).toBe(201);
    expect((await staff('GET', `${collection}/${id}`)).body).toMatchObject({
      state: 'withdrawn',
      content: null,
    });
    for (const path of ['/api/v1/changes.json', `/api/v1/${collection}.json`, `/en/${collection}/${id}`])
      expect(JSON.stringify((await get(path)).body), path).not.toContain(secret);
  });

  it('does not let the settings lose the agency of an item', async () => {
    await add();
    const agencies = aSite().agencies.filter((agency) => agency.id !== 'media');
    const answer = await staff('PUT', 'site', { body: aSite({ agencies }) });
    expect(answer.status).toBe(422);
    expect(pointers(answer)).toContain('#/agencies');
  });
});

describe('the decision that another decision replaces', () => {
  const { full } = CONTENT_EXAMPLES.decisions;
  const asItAgency = { 'Nashra-Agency': 'it' };
  const add = (content: object) =>
    staff('POST', 'decisions', { body: { ...full, ...content }, headers: asItAgency });
  const put = (id: string, replaces: unknown) =>
    staff('PUT', `decisions/${id}`, { body: { content: { ...full, replaces } }, headers: asItAgency });

  beforeAll(() => setUpSite(), 30_000);

  it('must exist, and must differ from the decision that replaces it', async () => {
    const [a, b] = [(await add({})).body.id, (await add({})).body.id];
    expect((await add({ replaces: a })).status).toBe(201);
    expect((await put(b, a)).status).toBe(200);
    for (const replaces of ['9999', String(Number(b) + 2)]) {
      const answer = await add({ replaces });
      expect([answer.status, pointers(answer)]).toEqual([422, ['#/replaces']]);
    }
    for (const replaces of [b, '9999', 'news', 7, '01', '', null])
      expect(pointers(await put(b, replaces)), String(replaces)).toEqual(['#/content/replaces']);
    expect((await get('/api/v1/decisions.json')).body.items).toEqual(
      expect.arrayContaining([expect.objectContaining({ id: b, replaces: a })]),
    );
  });

  it('must not itself replace that decision, directly or through others', async () => {
    const a = (await add({})).body.id;
    const b = (await add({ replaces: a })).body.id;
    const c = (await add({ replaces: b })).body.id;
    for (const id of [b, c]) expect(pointers(await put(a, id))).toEqual(['#/content/replaces']);
  });

  it('must be of the same agency, unless the operator makes the call', async () => {
    const [media, health] = [await createKey('media'), await createKey('health')];
    const post = (key: string, content: object) =>
      staff('POST', 'decisions', { key, body: { ...full, ...content } });
    const a = (await post(media.key, {})).body.id;
    const refused = await post(health.key, { replaces: a });
    expect([refused.status, pointers(refused)]).toEqual([422, ['#/replaces']]);
    expect((await post(media.key, { replaces: a })).status).toBe(201);
    const b = (await post(health.key, {})).body.id;
    const edit = (key: string, content: object, headers = {}) =>
      staff('PUT', `decisions/${b}`, { key, body: { content: { ...full, ...content } }, headers });
    expect(pointers(await edit(health.key, { replaces: a }))).toEqual(['#/content/replaces']);
    expect((await edit(OPERATOR_KEY, { replaces: a }, { 'Nashra-Agency': 'health' })).status).toBe(200);
    expect((await edit(health.key, { replaces: a, number: '7' })).status).toBe(200);
  });

  it('is listed as a fault together with all other faults', async () => {
    const answer = await add({ replaces: '9999', date: 'x', effectiveUntil: '2020-01-01' });
    expect(pointers(answer)).toEqual(['#/date', '#/effectiveUntil', '#/replaces']);
  });

  it('can already be withdrawn', async () => {
    const a = (await add({})).body.id;
    await staff('DELETE', `decisions/${a}`, { body: { reason: 'x' }, headers: asItAgency });
    const b = (await add({ replaces: a })).body.id;
    expect((await put(b, a)).status).toBe(200);
  });

  it('and the decision that replaces it link to each other, with current titles, while both are public', async () => {
    const a = (await add({})).body.id;
    const page = async (id: string): Promise<string> => (await get(`/en/decisions/${id}`)).body;
    const link = (id: string) => `<a href="/en/decisions/${id}"`;
    expect(await page(a)).not.toMatch(/<a href="\/en\/decisions\/\d/);
    const b = (await add({ replaces: a })).body.id;
    expect(await page(a)).toContain(link(b));
    expect(await page(b)).toContain(link(a));
    await staff('PUT', `decisions/${a}`, {
      body: { content: { ...full, title: { ar: 'أول', en: 'The first of them' } } },
      headers: asItAgency,
    });
    expect(await page(b)).toContain('The first of them');
    await staff('DELETE', `decisions/${b}`, { body: { reason: 'x' }, headers: asItAgency });
    expect(await page(a)).not.toContain(link(b));
  });

  it('can come earlier in the same import, but not later', async () => {
    const { items } = (await staff('GET', 'decisions')).body;
    const nextId = Number(items[0].id) + 1;
    const importReplacing = (...replaces: (number | undefined)[]) =>
      staff('POST', 'import', {
        body: {
          collection: 'decisions',
          items: replaces.map((id) => ({
            agency: 'health',
            content: { ...full, ...(id === undefined ? {} : { replaces: String(id) }) },
          })),
        },
      });
    const refused = await importReplacing(undefined, nextId + 1, nextId, nextId + 4, nextId + 1);
    expect(pointers(refused)).toEqual(['#/items/1/content/replaces', '#/items/3/content/replaces']);
    const imported = await importReplacing(undefined, nextId, nextId + 1, nextId - 1);
    expect(imported.body.items).toEqual([0, 1, 2, 3].map((i) => String(nextId + i)));
    expect((await get(`/api/v1/decisions.json`)).body.items).toEqual(
      expect.arrayContaining([expect.objectContaining({ id: String(nextId + 1), replaces: String(nextId) })]),
    );
  });
});

it('a decision or a phase must not end before it begins', async () => {
  const decision = {
    ...CONTENT_EXAMPLES.decisions.full,
    effectiveFrom: '2020-04-02',
    effectiveUntil: '2020-04-01',
  };
  expect(pointers(await staff('POST', 'decisions', { body: decision }))).toEqual(['#/effectiveUntil']);
  const phase = { ...CONTENT_EXAMPLES.plan.full, from: '2020-07-02', until: '2020-07-01' };
  expect(pointers(await staff('POST', 'plan', { body: phase }))).toEqual(['#/until']);
  expect((await staff('POST', 'plan', { body: { ...phase, until: '2020-07-02' } })).status).toBe(201);
});
