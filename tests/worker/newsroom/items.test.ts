import { beforeAll, describe, expect, it } from 'vitest';
import { aSite } from '../a-site.ts';
import { advanceClock } from '../clock.ts';
import { CONTENT_EXAMPLES } from '../content-examples.ts';
import { createKey, get, newsContent, setUpSite, pacedStaff as staff } from '../staff-client.ts';

describe('items', () => {
  let media: { id: string; key: string };
  beforeAll(async () => {
    await setUpSite();
    media = await createKey('media');
  });

  it('are added, replaced and withdrawn in public, with every correction on record', async () => {
    const added = await staff('POST', 'news', { key: media.key, body: newsContent() });
    expect(added.status).toBe(201);
    expect(added.headers.get('Location')).toBe(`/api/v1/staff/news/${added.body.id}`);
    expect(added.body).toEqual({
      id: expect.stringMatching(/^[a-z0-9-]{1,64}$/),
      version: 1,
      release: expect.any(Number),
      changed: ['title', 'body', 'date'],
      url: { ar: `/ar/news/${added.body.id}`, en: `/en/news/${added.body.id}` },
    });
    const { id } = added.body;
    const path = `/en/news/${id}`;
    expect((await get(path)).status).toBe(200);

    const content = newsContent({ title: { ar: 'خبر مصحح', en: 'News, corrected' } });
    const edited = await staff('PUT', `news/${id}`, { key: media.key, body: { content, reason: 'A slip' } });
    expect(edited).toMatchObject({ status: 200, body: { id, version: 2 } });
    expect((await get('/api/v1/news.json')).body.items[0]).toMatchObject({
      id,
      url: { ar: `/ar/news/${id}`, en: path },
      agency: 'media',
      title: content.title,
    });

    const withdrawn = await staff('DELETE', `news/${id}`, { key: media.key, body: { reason: 'Not true' } });
    expect(withdrawn).toMatchObject({ status: 200, body: { id, version: 3 } });
    expect((await get('/api/v1/news.json')).body.items).toEqual([]);
    const withdrawnPage = await get(path);
    expect(withdrawnPage.status).toBe(410);
    expect(withdrawnPage.body).toContain('Not true');
    expect((await staff('GET', `news/${id}`)).body).toMatchObject({
      id,
      version: 3,
      state: 'withdrawn',
      content,
    });

    const { items } = (await get('/api/v1/changes.json')).body;
    expect(items.map((i: { kind: string }) => i.kind)).toEqual(['withdrawal', 'edit']);
    expect(items[1]).toMatchObject({
      collection: 'news',
      item: id,
      was: { title: newsContent().title },
      now: { title: content.title },
      reason: 'A slip',
    });
  });

  it('cannot be changed by another agency, after a withdrawal, or with an outdated version', async () => {
    const { id } = (await staff('POST', 'news', { key: media.key, body: newsContent() })).body;
    const health = await createKey('health');
    expect(
      (await staff('PUT', `news/${id}`, { key: health.key, body: { content: newsContent() } })).status,
    ).toBe(403);
    expect((await staff('DELETE', `news/${id}`, { key: health.key, body: { reason: 'x' } })).status).toBe(
      403,
    );
    expect((await staff('PUT', 'news/999', { key: media.key, body: { content: {} } })).status).toBe(404);
    expect((await staff('DELETE', `news/${id}`, { key: media.key, body: {} })).body.errors).toMatchObject([
      { pointer: '#/reason', detail: 'is required' },
    ]);
    await staff('DELETE', `news/${id}`, { key: media.key, body: { reason: 'x' } });
    expect(
      (
        await staff('PUT', `news/${id}`, {
          key: media.key,
          body: { content: newsContent({ date: '2021-01-01' }) },
        })
      ).status,
    ).toBe(409);
    expect((await staff('DELETE', `news/${id}`, { key: media.key, body: { reason: 'x' } })).status).toBe(409);
    const stale = await staff('DELETE', `news/${id}`, {
      key: media.key,
      body: { reason: 'x' },
      headers: { 'If-Match': '"9"' },
    });
    expect(stale.status).toBe(412);
  });

  it('with faults are refused, with the place of every fault', async () => {
    const answer = await staff('POST', 'news', {
      body: {
        title: { en: 'only English', fr: 'français' },
        body: { ar: 'bad \u0007 bell' },
        date: '2021-02-30',
        breaking: { until: 'tomorrow' },
        source: [{ url: 'javascript:alert(1)' }],
        colour: 'red',
        size: 3,
      },
    });
    expect(answer.status).toBe(422);
    const pointers = answer.body.errors.map((e: { pointer: string }) => e.pointer).sort();
    expect(pointers).toEqual([
      '#/body/ar',
      '#/breaking/until',
      '#/colour',
      '#/date',
      '#/size',
      '#/source/0/url',
      '#/title/ar',
      '#/title/fr',
    ]);
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString'])(
    'are refused with the unknown field %s, like settings and figures',
    async (name) => {
      const field = `${JSON.stringify(name)}:1`;
      const pointers = async (method: string, path: string, body: object, nextField = '"date"') => {
        const text = JSON.stringify(body).replaceAll(nextField, `${field},${nextField}`);
        const { errors } = (await staff(method, path, { body: text })).body;
        return errors?.map((error: { pointer: string }) => error.pointer).sort();
      };
      expect(await pointers('POST', 'news', newsContent({ title: 3, colour: 'red' }))).toEqual(
        [`#/${name}`, '#/colour', '#/title'].sort(),
      );
      expect(await pointers('PUT', 'site', aSite(), '"kind":"level"')).toEqual([
        `#/metrics/1/${name}`,
        `#/metrics/2/${name}`,
      ]);
      expect(
        await pointers('PUT', 'statistics/2020-03-01', { values: { critical: 1 } }, '"critical"'),
      ).toEqual([`#/values/${name}`]);
    },
  );

  it('have a limit in characters as readers count them, with a line end as one character', async () => {
    const title = (text: string) => staff('POST', 'news', { body: newsContent({ title: { ar: text } }) });
    expect((await title('🙂'.repeat(300))).status).toBe(201);
    expect((await title('🙂'.repeat(301))).status).toBe(422);
    expect((await title(`${'a'.repeat(298)}\r\nb`)).status).toBe(201);
    expect((await title('a\nb\tc')).status).toBe(201);
    expect((await title('a\ud800')).status).toBe(422);
    expect(JSON.stringify((await staff('POST', 'news', { body: [] })).body.errors)).toContain(
      'must be an object',
    );
  });

  it('with markup in a text keep it as plain text', async () => {
    const title = { ar: '<script>alert(1)</script> =1+1 🙂', en: '"><img src=x onerror=alert(1)>' };
    const { id } = (await staff('POST', 'news', { body: newsContent({ title }) })).body;
    const page = (await get(`/ar/news/${id}`)).body;
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('&lt;script>alert(1)');
    const { items } = (await get('/api/v1/news.json')).body;
    expect(items.find((i: { id: string }) => i.id === id).title).toEqual(title);
  });

  it('of contacts are listed in their order', async () => {
    const contact = (name: string, order?: number) => ({
      name: { ar: name, en: name },
      kind: 'hotline',
      phone: '151',
      ...(order === undefined ? {} : { order }),
    });
    for (const [name, order] of [['c'], ['b', 2], ['a', 1]] as const)
      await staff('POST', 'contacts', { body: contact(name, order) });
    const { items } = (await get('/api/v1/contacts.json')).body;
    expect(items.map((i: { name: { en: string } }) => i.name.en)).toEqual(['a', 'b', 'c']);
  });

  it('that are very long are listed in pages of a few megabytes, each item once', async () => {
    const answer = { ar: 'ن'.repeat(50_000), en: 'ن'.repeat(50_000) };
    const items = Array(5).fill({ agency: 'media', content: { ...CONTENT_EXAMPLES.rumours.least, answer } });
    for (let i = 0; i < 5; i++) {
      advanceClock(2000);
      await staff('POST', 'import', { body: { collection: 'rumours', items } });
    }
    const ids: string[][] = [];
    for (let path: string | null = 'rumours'; path; ) {
      const { body }: Awaited<ReturnType<typeof staff>> = await staff('GET', path);
      expect(new TextEncoder().encode(JSON.stringify(body)).length).toBeLessThan(5 * 2 ** 20);
      ids.push(body.items.map(({ id }: { id: string }) => id));
      path = body.next?.replace('/api/v1/staff/', '') ?? null;
    }
    expect(ids.length).toBe(2);
    expect(ids.flat()).toEqual(Array.from({ length: 25 }, (_, i) => String(25 - i)));
  });
});
