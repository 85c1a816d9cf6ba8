import { beforeEach, describe, expect, it } from 'vitest';
import { COLLECTIONS, type Content, headingOf } from '../../../worker/model/collections/registry.ts';
import { CONTENT_EXAMPLES } from '../content-examples.ts';
import { emptySite } from '../empty-site.ts';
import { IS_TEST_LONG } from '../is-test-long.ts';
import { get, setUpSite, pacedStaff as staff } from '../staff-client.ts';

const POSTS_EACH = IS_TEST_LONG ? 20 : 5;

describe('many writers at once', () => {
  beforeEach(async () => {
    await emptySite();
    await setUpSite({ limits: { contacts: 100, phases: 100, topicItems: 100 } });
  });

  it('lose none of their posts and double none, although each post is sent twice', async () => {
    const writers = 32;
    const write = async (writer: number) => {
      const ids: string[] = [];
      for (let i = 0; i < POSTS_EACH; i++) {
        const collection = COLLECTIONS[(writer + i) % COLLECTIONS.length] ?? 'news';
        const { least } = CONTENT_EXAMPLES[collection];
        const { field } = headingOf(collection, least as unknown as Content);
        const heading = `${writer}-${i}`;
        const options = {
          body: { ...least, [field]: { ar: heading } },
          headers: { 'Idempotency-Key': heading },
        };
        const post = () => staff('POST', collection, options);
        const [first, second] = await Promise.all([post(), post()]);
        expect(first.status).toBe(201);
        expect(second.body.id).toBe(first.body.id);
        ids.push(`${collection} ${first.body.id}`);
      }
      return ids;
    };
    const acknowledged = (await Promise.all(Array.from({ length: writers }, (_, i) => write(i)))).flat();
    expect(new Set(acknowledged).size).toBe(writers * POSTS_EACH);

    const headings: string[] = [];
    for (const collection of COLLECTIONS)
      for (let path: string | null = `/api/v1/${collection}.json`; path; ) {
        const { body } = await get(path);
        expect(body.items.length).toBeLessThanOrEqual(100);
        headings.push(...body.items.map((item: Content) => headingOf(collection, item).text.ar));
        path = body.next;
      }
    expect(headings.length).toBe(writers * POSTS_EACH);
    expect(new Set(headings).size).toBe(writers * POSTS_EACH);
    expect((await staff('GET', 'status')).body).toMatchObject({
      entries: 1 + writers * POSTS_EACH,
      pending: false,
    });
  }, 120_000);

  it('who send the same If-Match version: the first call succeeds, the others get a 412', async () => {
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
