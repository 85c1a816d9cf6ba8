import { reset } from 'cloudflare:test';
import { beforeEach, describe, expect, it } from 'vitest';
import { COLLECTIONS, type Content, headingOf } from '../../../worker/model/collections/registry.ts';
import { CONTENT_EXAMPLES } from '../content-examples.ts';
import { get, setUpSite, pacedStaff as staff } from '../staff-client.ts';

describe('many writers at once', () => {
  beforeEach(async () => {
    await reset();
    await setUpSite();
  });

  it('640 posts by 32 writers: none lost, none doubled, though each is sent twice', async () => {
    const writers = 32;
    const each = 20;
    const write = async (writer: number) => {
      const ids: string[] = [];
      for (let i = 0; i < each; i++) {
        const collection = COLLECTIONS[(writer + i) % COLLECTIONS.length] ?? 'news';
        const { least } = CONTENT_EXAMPLES[collection];
        const { field } = headingOf(collection, least as unknown as Content);
        const heading = `${writer}-${i}`;
        const sent = {
          body: { ...least, [field]: { ar: heading } },
          headers: { 'Idempotency-Key': heading },
        };
        const post = () => staff('POST', collection, sent);
        const [first, again] = await Promise.all([post(), post()]);
        expect(first.status).toBe(201);
        expect(again.body.id).toBe(first.body.id);
        ids.push(`${collection} ${first.body.id}`);
      }
      return ids;
    };
    const acknowledged = (await Promise.all(Array.from({ length: writers }, (_, i) => write(i)))).flat();
    expect(new Set(acknowledged).size).toBe(writers * each);

    const headings: string[] = [];
    for (const collection of COLLECTIONS)
      for (let path: string | null = `/api/v1/${collection}.json`; path; ) {
        const { body } = await get(path);
        expect(body.items.length).toBeLessThanOrEqual(100);
        headings.push(...body.items.map((item: Content) => headingOf(collection, item).text.ar));
        path = body.next;
      }
    expect(headings.length).toBe(writers * each);
    expect(new Set(headings).size).toBe(writers * each);
    expect((await staff('GET', 'status')).body).toMatchObject({
      entries: 1 + writers * each,
      pending: false,
    });
  }, 120_000);

  it('two writers who saw the same version: one wins, the other is told', async () => {
    await staff('PUT', 'statistics/2020-03-01', { body: { values: { new_cases: 1 } } });
    const headers = { 'If-Match': '"1"' };
    const answers = await Promise.all(
      [2, 3, 4].map((value) =>
        staff('PUT', 'statistics/2020-03-01', {
          body: { values: { new_cases: value }, reason: 'r' },
          headers,
        }),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 412, 412]);
    expect(answers[0]?.status).toBe(200);
  });
});
