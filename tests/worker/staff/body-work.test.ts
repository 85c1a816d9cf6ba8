import { beforeAll, describe, expect, it } from 'vitest';
import { addDays, type CivilDate } from '../../../worker/model/civil-date.ts';
import { STAFF_PATH } from '../../../worker/model/staff/calls.ts';
import { routeOf } from '../../../worker/staff/routes.ts';
import { bodyOf, ORDINARY_PIECE, SLOW_PIECES } from '../../hostile/bodies.ts';
import { get, newsContent, newsroom, setUpSite, pacedStaff as staff } from '../staff-client.ts';

const slow = bodyOf(SLOW_PIECES[0]);
const EXCESS = /^must take at most \d+ steps to parse as Markdown, takes more: /;

describe('a body that takes too much work', () => {
  beforeAll(() => setUpSite());

  it('is refused with the place of the text, what is counted and the bound, and changes nothing', async () => {
    const added = await staff('POST', 'news', { body: newsContent() });
    const { entries } = (await staff('GET', 'status')).body;
    const content = newsContent({ body: { ar: slow, en: slow } });
    const item = { agency: 'media', content };
    for (const [method, path, body, pointer] of [
      ['POST', 'news', content, '#/body'],
      ['PUT', `news/${added.body.id}`, { content }, '#/content/body'],
      ['PATCH', `news/${added.body.id}`, { content: { body: content.body } }, '#/content/body'],
      ['POST', 'import', { collection: 'news', items: [item] }, '#/items/0/content/body'],
      [
        'POST',
        'plan',
        { order: 1, title: content.title, open: { ar: 'a' }, closed: { ar: slow } },
        '#/closed',
      ],
    ] as const) {
      const answer = await staff(method, path, { body });
      expect(answer.status, path).toBe(422);
      expect(answer.body.errors[0], path).toMatchObject({
        pointer: `${pointer}/ar`,
        detail: expect.stringMatching(EXCESS),
      });
    }
    expect((await staff('GET', 'status')).body.entries).toBe(entries);
  });

  it('is refused if it is the work of all languages together', async () => {
    const tags = ['ar', 'en', 'fr', 'ur', 'hi', 'bn'];
    await setUpSite({
      languages: tags.map((tag) => ({ tag, locale: tag })),
      limits: { itemBytes: 1_000_000 },
    });
    const list = bodyOf('- an item of a list\n').trimEnd();
    const bodies = (count: number) => Object.fromEntries(tags.slice(0, count).map((tag) => [tag, list]));
    expect((await staff('POST', 'news', { body: newsContent({ body: bodies(3) }) })).status).toBe(201);
    const answer = await staff('POST', 'news', { body: newsContent({ body: bodies(6) }) });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([
      {
        pointer: '#/body/ur',
        detail: expect.stringMatching(/750000 steps .* together with the texts before it/),
      },
    ]);
  });

  it('is refused in a merge patch too, however many fields it takes out', async () => {
    const { id } = (await staff('POST', 'news', { body: newsContent() })).body;
    const taken = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`x${i}`, null]));
    for (const content of [{ body: { ar: slow }, ...taken }, { body: { ar: slow, ...taken } }]) {
      const answer = await staff('PATCH', `news/${id}`, { body: { content } });
      expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, '#/content/body/ar']);
    }
  });

  it('is refused together with the other faults, and after 403 and 404', async () => {
    const content = newsContent({ body: { ar: slow }, date: '2999-01-01' });
    const answer = await staff('POST', 'news', { body: content });
    expect(answer.body.errors.map((e: { pointer: string }) => e.pointer)).toEqual(['#/date', '#/body/ar']);
    expect((await staff('PUT', 'news/999', { body: { content } })).status).toBe(404);
  });

  it('is shown as plain text if an older version stored it, and its item can be edited and withdrawn', async () => {
    const content = newsContent({ body: { ar: slow } });
    const route = routeOf(new Request(`https://bulletin.example${STAFF_PATH}/news`, { method: 'POST' }));
    if (!route.ok) throw new Error('no such call');
    // An older Worker counted nothing.
    const stored = await newsroom().call({
      ...{ route: route.value, key: 'operator', agency: null, idempotencyKey: null, ifMatch: null },
      ...{ body: JSON.stringify(content), excess: [], bodyBytes: 0 },
    });
    const { id } = JSON.parse(stored.ok ? stored.body : '{}');
    expect((await get(`/ar/news/${id}`)).body).toContain('<p>\n=\n&gt;&gt;-');
    const edited = { ...content, title: { ar: 'عنوان آخر' } };
    expect((await staff('PUT', `news/${id}`, { body: { content: edited } })).status).toBe(200);
    expect((await staff('PATCH', `news/${id}`, { body: { content: { date: '2021-08-04' } } })).status).toBe(
      200,
    );
    const moved = { ...edited, body: { ar: 'a', en: slow } };
    expect((await staff('PUT', `news/${id}`, { body: { content: moved } })).status).toBe(422);
    expect((await staff('DELETE', `news/${id}`, { body: { reason: 'Wrong' } })).status).toBe(200);
  });

  it('is not one of 50,000 characters of ordinary text, nor a long list of figures', async () => {
    const body = { ar: bodyOf(ORDINARY_PIECE).trimEnd(), en: bodyOf('- an item of a list\n').trimEnd() };
    expect((await staff('POST', 'news', { body: newsContent({ body }) })).status).toBe(201);
    const lines = Array.from({ length: 300 }, (_, i) => `${addDays('2020-03-01' as CivilDate, i)},`);
    const figures = `date,new_cases\n${lines.join('\n')}\n`;
    expect((await staff('POST', 'import', { body: { figures } })).status).toBe(200);
  });
});
