import { beforeAll, describe, expect, it } from 'vitest';
import { renderer } from '../../../worker/newsroom/templates.ts';
import { advance } from '../clock.ts';
import { deploy } from '../main.ts';
import { get, openSite, someNews, staff } from '../staff-client.ts';

/** Templates that fail at one item's page and at one section's. */
const failing: typeof renderer = {
  ...renderer,
  templateVersion: 'failing',
  itemParts: (bulletin, item) =>
    renderer.itemParts(bulletin, item).map((part) => ({
      ...part,
      render: () => {
        if (JSON.stringify(item.content).includes('Trap')) throw new Error('an item too many');
        return part.render();
      },
    })),
  documents: (...of) =>
    renderer.documents(...of).map((document) => ({
      ...document,
      render: () => {
        if (document.path === '/en/faq/') throw new Error('a section too many');
        return document.render();
      },
    })),
};

const post = async (title: string) => {
  advance(2000);
  const answer = await staff('POST', 'news', { body: someNews({ title: { ar: title, en: title } }) });
  expect(answer.status).toBe(201);
  return `/en/news/${answer.body.id}`;
};

describe('a page that can’t be rendered', () => {
  beforeAll(() => openSite());

  it('keeps no other from the public, and is told of until it can be', async () => {
    await post('First');
    const faq = (await get('/en/faq/')).body;
    await deploy(failing);
    const [trap, good] = [await post('Trap'), await post('Good')];
    expect((await get(good)).body).toContain('Good');
    expect((await get(trap)).status).toBe(404);
    expect(
      (await get('/api/v1/news.json')).body.items.map((item: { title: { en: string } }) => item.title.en),
    ).toEqual(['Good', 'Trap', 'First']);
    expect((await get('/en/faq/')).body).toBe(faq);
    const { pending, lastError } = (await staff('GET', 'status')).body;
    expect(pending).toBe(false);
    expect(lastError.detail).toContain('/en/faq/ could not be rendered: a section too many');

    await deploy(renderer);
    await post('Last');
    expect((await get(trap)).body).toContain('Trap');
    expect((await staff('GET', 'status')).body.lastError).toBeNull();
  });
});
