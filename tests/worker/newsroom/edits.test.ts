import { beforeAll, describe, expect, it } from 'vitest';
import { addDays, civilDateAt } from '../../../worker/model/civil-date.ts';
import { COLLECTIONS, isAboutFigures } from '../../../worker/model/collections/registry.ts';
import { toInstant } from '../../../worker/model/instant.ts';
import { aSite } from '../a-site.ts';
import { advanceClock } from '../clock.ts';
import { CONTENT_EXAMPLES } from '../content-examples.ts';
import { createKey, get, newsContent, setUpSite, pacedStaff as staff } from '../staff-client.ts';

describe('an edit', () => {
  let media: { id: string; key: string };
  beforeAll(async () => {
    await setUpSite();
    media = await createKey('media');
  });
  const add = async (content: Record<string, unknown> = {}) =>
    (await staff('POST', 'news', { key: media.key, body: newsContent(content) })).body.id as string;
  const contentOf = async (id: string) => (await staff('GET', `news/${id}`, { key: media.key })).body.content;

  it('by PATCH corrects the title of breaking news, and the alert stays on the page', async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+Z$/, 'Z');
    const id = await add({ breaking: { until } });
    const body = { content: { title: { en: 'Corrected' } }, reason: 'A slip' };
    const answer = await staff('PATCH', `news/${id}`, { key: media.key, body });
    expect(answer).toMatchObject({ status: 200, body: { id, version: 2, changed: ['title'] } });
    expect(answer.body.url).toEqual({ ar: `/ar/news/${id}`, en: `/en/news/${id}` });
    expect(answer.headers.get('ETag')).toBe('"2"');
    expect(await contentOf(id)).toEqual(
      newsContent({ breaking: { until }, title: { ar: 'خبر', en: 'Corrected' } }),
    );
    expect((await get('/api/v1/live.json')).body.breaking).toContain(id);
    const [correction] = (await get('/api/v1/changes.json')).body.items;
    expect(correction).toMatchObject({ kind: 'edit', item: id, reason: 'A slip' });
    expect(Object.keys(correction.now)).toEqual(['title']);
  });

  it('by PUT lists a field that it leaves out as changed', async () => {
    const id = await add({ source: [{ url: 'https://news.example/' }] });
    const body = { content: newsContent({ title: { ar: 'آخر' } }) };
    const answer = await staff('PUT', `news/${id}`, { key: media.key, body });
    expect(answer.body.changed).toEqual(['title', 'source']);
  });

  it('after the languages changed their order lists only what differs, in its answer and in public', async () => {
    const id = await add();
    const languages = [...aSite().languages].reverse();
    await setUpSite({ languages });
    const content = { ...newsContent(), title: { en: 'News', ar: 'خبر' }, date: '2021-08-02' };
    const answer = await staff('PUT', `news/${id}`, { key: media.key, body: { content, reason: 'A slip' } });
    await setUpSite();
    expect(answer).toMatchObject({ status: 200, body: { changed: ['date'] } });
    const [correction] = (await get('/api/v1/changes.json')).body.items;
    expect(correction).toMatchObject({ item: id, was: { date: '2021-08-03' }, now: { date: '2021-08-02' } });
    expect(Object.keys(correction.was)).toEqual(['date']);
    expect(Object.keys(correction.now)).toEqual(['date']);
  });

  it('by PATCH removes a field with null, and is refused if the result is not a valid content', async () => {
    const id = await add({ source: [{ url: 'https://news.example/' }] });
    const patch = (content: unknown, headers: Record<string, string> = {}) =>
      staff('PATCH', `news/${id}`, { key: media.key, body: { content }, headers });
    expect(await patch({ source: null })).toMatchObject({ status: 200, body: { changed: ['source'] } });
    expect(await contentOf(id)).toEqual(newsContent());
    expect(await patch({})).toMatchObject({ status: 200, body: { version: 2, changed: [] } });
    const refused = await patch({ body: null, colour: 'red', title: { fr: 'Titre' } });
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map((e: { pointer: string }) => e.pointer).sort()).toEqual([
      '#/content/body',
      '#/content/colour',
      '#/content/title/fr',
    ]);
    for (const content of [null, [], 'text', undefined]) expect((await patch(content)).status).toBe(422);
    const type = { 'Content-Type': 'application/merge-patch+json' };
    expect((await patch({ date: '2021-08-02' }, type)).status).toBe(200);
    expect((await patch({ date: '2021-08-01' }, { 'If-Match': '"1"' })).status).toBe(412);
    const put = { key: media.key, body: { content: newsContent() }, headers: type };
    expect((await staff('PUT', `news/${id}`, put)).status).toBe(415);
  });

  it.each(COLLECTIONS)('by PATCH merges field by field in %s', async (collection) => {
    const { full } = CONTENT_EXAMPLES[collection];
    // Only who reports the figure says what is known of it.
    const { key } = isAboutFigures(collection) ? await createKey('health') : media;
    const added = await staff('POST', collection, { key, body: full });
    const [field = ''] = Object.keys(full);
    const path = `${collection}/${added.body.id}`;
    const body = { content: { [field]: full[field] } };
    const same = await staff('PATCH', path, { key, body });
    expect(same).toMatchObject({ status: 200, body: { version: 1, changed: [] } });
    expect((await staff('GET', path)).body.content).toEqual(full);
  });

  it('that withdraws can also be a POST, for clients with a proxy that drops the body of a DELETE', async () => {
    const id = await add();
    const path = `news/${id}/withdrawal`;
    expect((await staff('POST', path, { key: media.key, body: {} })).status).toBe(422);
    expect((await staff('GET', path, { key: media.key })).status).toBe(405);
    const { key } = await createKey('finance');
    expect((await staff('POST', path, { key, body: { reason: 'Not mine' } })).status).toBe(403);
    const answer = await staff('POST', path, { key: media.key, body: { reason: 'Not so' } });
    expect(answer).toMatchObject({ status: 200, body: { id, version: 2, changed: ['withdrawal'] } });
    expect((await get(`/en/news/${id}`)).body).toContain('Not so');
    expect((await staff('POST', path, { key: media.key, body: { reason: 'Again' } })).status).toBe(409);
  });

  it('stores line ends as LF, and is refused for a control character, with its name and position', async () => {
    const body = { ar: 'سطر\r\nثان\rثالث\tx\n', en: 'One\r\n\r\nTwo' };
    const id = await add({ body });
    expect((await contentOf(id)).body).toEqual({ ar: 'سطر\nثان\nثالث\tx\n', en: 'One\n\nTwo' });
    const refused = await staff('POST', 'news', {
      key: media.key,
      body: newsContent({ title: { ar: 'a👩🏽‍🚒\u0007b' }, body: { ar: '\u009f' } }),
    });
    expect(refused.body.errors).toMatchObject([
      {
        pointer: '#/title/ar',
        detail: 'must not contain the control character U+0007 (BEL), at character 6',
      },
      {
        pointer: '#/body/ar',
        detail: 'must not contain the control character U+009F (APC), at character 1',
      },
    ]);
    const reason = await staff('DELETE', `news/${id}`, { key: media.key, body: { reason: 'a\u0000' } });
    expect(reason.body.errors[0]).toMatchObject({
      pointer: '#/reason',
      detail: 'must not contain the control character U+0000 (NUL), at character 2',
    });
  });
});

describe('a date', () => {
  const today = () => civilDateAt(toInstant(Date.now()), 'Asia/Kuwait');
  beforeAll(() => setUpSite());

  it.each(['news', 'decisions', 'rumours'] as const)('of %s is at most 7 days ahead', async (collection) => {
    const content = (days: number) => ({
      ...CONTENT_EXAMPLES[collection].least,
      date: addDays(today(), days),
    });
    const added = await staff('POST', collection, { body: content(7) });
    expect(added.status, JSON.stringify(added.body)).toBe(201);
    const fault = { pointer: '#/date', detail: `must be at most 7 days after the site's today, ${today()}` };
    const refused = await staff('POST', collection, { body: content(8) });
    expect(refused).toMatchObject({ status: 422, body: { errors: [fault] } });
    const path = `${collection}/${added.body.id}`;
    for (const [method, pointer] of [
      ['PUT', '#/content/date'],
      ['PATCH', '#/content/date'],
    ] as const) {
      const answer = await staff(method, path, { body: { content: content(400) } });
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
    }
    const items = [{ agency: 'media', content: content(8) }];
    const imported = await staff('POST', 'import', { body: { collection, items } });
    expect(imported.body.errors).toMatchObject([{ ...fault, pointer: '#/items/0/content/date' }]);
  });

  it('that is too far ahead but already published does not prevent an edit of other fields', async () => {
    const added = await staff('POST', 'news', { body: newsContent({ date: addDays(today(), 7) }) });
    const content = newsContent({ date: addDays(today(), 7), title: { ar: 'آخر' } });
    advanceClock(-3 * 86_400_000);
    const answer = await staff('PUT', `news/${added.body.id}`, { body: { content } });
    advanceClock(3 * 86_400_000);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  });
});

describe('a list', () => {
  beforeAll(() => setUpSite());

  it.each([...COLLECTIONS.map((collection) => `${collection}?before=`), 'ledger?after=', 'keys?before='])(
    'refuses an invalid cursor: %s',
    async (path) => {
      for (const cursor of ['abc', '', '-1', '0', '1.5', '01', '99999999999999999999']) {
        const answer = await staff('GET', path + cursor);
        expect(answer.status, cursor).toBe(422);
        expect(answer.body.errors[0].detail).toContain(path.includes('after') ? 'after' : 'before');
      }
    },
  );

  it.each([...COLLECTIONS.map((collection) => `${collection}?after=`), 'ledger?before=', 'keys?after='])(
    'refuses the cursor of another list: %s',
    async (path) => {
      for (const cursor of ['abc', '', '1']) {
        const answer = await staff('GET', path + cursor);
        expect(answer.status, cursor).toBe(422);
        expect(answer.body.errors[0].detail).toContain(path.includes('after') ? 'before' : 'after');
      }
    },
  );

  it('takes any number as a cursor: beyond its newest item it begins with the newest', async () => {
    const { id } = (await staff('POST', 'news', { body: newsContent() })).body;
    const { body } = await staff('GET', 'news?before=999999');
    expect(body.items[0].id).toBe(id);
    expect((await staff('GET', 'ledger?after=999999')).body.items).toEqual([]);
  });

  it('of keys continues at its `next` link, and has each key once', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 103; i++) ids.push((await createKey('media')).id);
    const listed: string[] = [];
    for (let path: string | null = 'keys'; path; ) {
      const { body } = await staff('GET', path);
      expect(body.items.length).toBeLessThanOrEqual(100);
      listed.push(...body.items.map(({ id }: { id: string }) => id));
      path = body.next?.replace('/api/v1/staff/', '') ?? null;
    }
    expect([...listed].sort()).toEqual(expect.arrayContaining([...ids].sort()));
    expect(new Set(listed).size).toBe(listed.length);
  });
});
