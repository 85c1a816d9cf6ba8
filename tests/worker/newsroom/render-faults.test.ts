import { beforeAll, describe, expect, it } from 'vitest';
import { templates } from '../../../worker/newsroom/templates.ts';
import { advanceClock } from '../clock.ts';
import { deploy } from '../main.ts';
import { get, newsContent, setUpSite, staff } from '../staff-client.ts';

/** Templates that fail at one item's page and at one section's. */
const failing: typeof templates = {
  ...templates,
  templateVersion: 'failing',
  itemParts: (bulletin, item) =>
    templates.itemParts(bulletin, item).map((part) => ({
      ...part,
      render: () => {
        if (JSON.stringify(item.content).includes('Trap')) throw new Error('an item too many');
        return part.render();
      },
    })),
  documents: (...of) =>
    templates.documents(...of).map((document) => ({
      ...document,
      render: () => {
        if (document.path === '/en/faq/') throw new Error('a section too many');
        return document.render();
      },
    })),
};

const post = async (title: string) => {
  advanceClock(2000);
  const answer = await staff('POST', 'news', { body: newsContent({ title: { ar: title, en: title } }) });
  expect(answer.status).toBe(201);
  return `/en/news/${answer.body.id}`;
};

describe('a page that can’t be rendered', () => {
  beforeAll(() => setUpSite());

  it('keeps no other from the public, and is told of until it can be', async () => {
    await post('First');
    const faq = (await get('/en/faq/')).body;
    await deploy(failing);
    const [trap, good] = [await post('Trap'), await post('Good')];
    expect((await get(good)).body).toContain('Good');
    // What is linked is there: its heading and its text, plainly.
    const plain = await get(trap);
    expect(plain.status).toBe(200);
    expect(plain.body).toMatch(/<h1><bdi>Trap<\/bdi><\/h1>.*<bdi>Body<\/bdi>/);
    for (const list of ['/en/news/', '/sitemap.xml']) expect((await get(list)).body).toContain(trap);
    expect(
      (await get('/api/v1/news.json')).body.items.map((item: { title: { en: string } }) => item.title.en),
    ).toEqual(['Good', 'Trap', 'First']);
    expect((await get('/en/faq/')).body).toBe(faq);
    const { pending, lastError } = (await staff('GET', 'status')).body;
    expect(pending).toBe(false);
    for (const fault of [
      '/en/faq/ could not be rendered: a section too many',
      'news/2 could not be rendered',
    ])
      expect(lastError.detail).toContain(fault);
    // Until it is mended, whatever else is published, and after a restart.
    const faults = async () =>
      (await staff('GET', 'status')).body.faults.map((fault: { what: string }) => fault.what).sort();
    await post('Another');
    expect(await faults()).toEqual(['/en/faq/', 'news/2']);
    await deploy(failing);
    await post('One more');
    expect(await faults()).toEqual(['/en/faq/', 'news/2']);
    expect((await staff('GET', 'status')).body.lastError.detail).toContain('news/2');

    await deploy(templates);
    await post('Last');
    expect((await get(trap)).body).toContain('Trap');
    expect((await staff('GET', 'status')).body).toMatchObject({ lastError: null, faults: [] });
  });
});
