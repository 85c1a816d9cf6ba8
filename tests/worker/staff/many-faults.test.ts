import { beforeAll, describe, expect, it } from 'vitest';
import { MAX_BODY_BYTES } from '../../../worker/staff/read-body.ts';
import { aSite } from '../a-site.ts';
import { newsContent, setUpSite, pacedStaff as staff } from '../staff-client.ts';

const MAX_ANSWER_BYTES = 64_000;

/** A text of 1 MiB: a frame with as many copies of a piece as fit into it. */
function filled(before: string, piece: (i: number) => string, after: string): string {
  let text = before;
  for (let i = 0; ; i++) {
    const next = (i === 0 ? '' : ',') + piece(i);
    if (text.length + next.length + after.length > MAX_BODY_BYTES - 100) return text + after;
    text += next;
  }
}

const news = JSON.stringify(newsContent()).slice(0, -1);
const site = (field: string): string => {
  const settings = Object.fromEntries(Object.entries(aSite()).filter(([name]) => name !== field));
  return `${JSON.stringify(settings).slice(0, -1)},"${field}":[`;
};

/** Bodies of 1 MiB with as many faults as they can have, each with its call. */
const BODIES: readonly (readonly [what: string, method: string, path: string, body: string])[] = [
  ['sources that are no objects', 'POST', 'news', filled(`${news},"source":[`, () => '1', ']}')],
  ['sources without fields', 'POST', 'news', filled(`${news},"source":[`, () => '{}', ']}')],
  ['unknown fields', 'POST', 'news', filled(`${news},`, (i) => `"${i.toString(36)}":0`, '}')],
  ['fields with long names', 'POST', 'news', filled(`${news},`, (i) => `"${i}${'n'.repeat(9000)}":0`, '}')],
  ['unknown languages', 'POST', 'news', filled(`{"title":{`, (i) => `"${i.toString(36)}":0`, '}}')],
  ['a list in place of a text', 'POST', 'news', filled(`{"title":[`, () => '[]', ']}')],
  [
    'unknown metrics',
    'PUT',
    'statistics/2021-08-03',
    filled('{"values":{', (i) => `"${i.toString(36)}":0`, '}}'),
  ],
  [
    'a long wrong text',
    'POST',
    'contacts',
    `{"name":{"ar":"a"},"kind":"${'x'.repeat(MAX_BODY_BYTES - 40)}"}`,
  ],
  ['items that are no items', 'POST', 'import', filled('{"collection":"news","items":[', () => '1', ']}')],
  ['lines of no figures', 'POST', 'import', `{"figures":"date,critical${'\\nx'.repeat(340_000)}"}`],
  ['columns of no metrics', 'POST', 'import', `{"figures":"date${',x'.repeat(500_000)}"}`],
  ['metrics of settings', 'PUT', 'site', filled(site('metrics'), () => '0', ']}')],
  [
    'agencies of a metric',
    'PUT',
    'site',
    filled(`${site('metrics')}{"kind":"flow","agencies":[`, () => '0', ']}]}'),
  ],
  ['languages of settings', 'PUT', 'site', filled(site('languages'), () => '0', ']}')],
];

describe('an answer to a body with very many faults', () => {
  beforeAll(() => setUpSite());

  it.each(BODIES)('is short, and says that there are more: %s', async (what, method, path, body) => {
    expect(new TextEncoder().encode(body).length).toBeLessThanOrEqual(MAX_BODY_BYTES);
    const startMs = performance.now();
    const answer = await staff(method, path, { body });
    console.log(what, `${(performance.now() - startMs).toFixed(0)} ms`, answer.body.errors?.length);
    expect(answer.status).toBe(422);
    expect(new TextEncoder().encode(JSON.stringify(answer.body)).length).toBeLessThan(MAX_ANSWER_BYTES);
    expect(answer.body.errors.length).toBeLessThanOrEqual(path === 'import' ? 201 : 51);
  });

  it('counts the faults that it leaves out, and keeps the first in their order', async () => {
    const values = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`m${i}`, 1]));
    const answer = await staff('PUT', 'statistics/2021-08-03', { body: { values } });
    expect(answer.body.errors[0].pointer).toBe('#/values/m0');
    expect(answer.body.errors.at(-1)).toMatchObject({
      pointer: '#',
      detail: expect.stringMatching(/^and at least \d+ more$/),
    });
    expect(answer.body.detail).toMatch(/^The body has at least 5\d faults/);
  });

  it('counts those of an imported item too', async () => {
    const unknown = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`x${i}`, 1]));
    const items = [{ agency: 'health', content: newsContent(unknown) }];
    const { body } = await staff('POST', 'import', { body: { collection: 'news', items } });
    expect(body.errors.at(-1).detail).toMatch(/^and at least \d+ more$/);
  });

  it('refuses a list that is too long by its length alone', async () => {
    const source = Array.from({ length: 51 }, () => 1);
    const answer = await staff('POST', 'news', { body: newsContent({ source }) });
    expect(answer.body.errors).toMatchObject([{ pointer: '#/source', detail: 'must be at most 50 sources' }]);
  });
});
