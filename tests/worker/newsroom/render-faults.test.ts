import { beforeAll, describe, expect, it } from 'vitest';
import { templates } from '../../../worker/newsroom/templates.ts';
import { advanceClock } from '../clock.ts';
import { deploy } from '../main.ts';
import { get, newsContent, setUpSite, staff } from '../staff-client.ts';

/** Templates that fail to render one item's page and one section's page. */
const failingTemplates: typeof templates = {
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
  documents: (...args) =>
    templates.documents(...args).map((document) => ({
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

  it('does not stop other pages from being published, and is in the status until it can be rendered', async () => {
    await post('First');
    const faq = (await get('/en/faq/')).body;
    await deploy(failingTemplates);
    const [trap, good] = [await post('Trap'), await post('Good')];
    expect((await get(good)).body).toContain('Good');
    // A linked page exists: it has the heading and the text in a plain form.
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
    // The faults stay in the status after other publishes and after a restart.
    const faults = async () =>
      (await staff('GET', 'status')).body.faults.map((fault: { what: string }) => fault.what).sort();
    await post('Another');
    expect(await faults()).toEqual(['/en/faq/', 'news/2']);
    await deploy(failingTemplates);
    await post('One more');
    expect(await faults()).toEqual(['/en/faq/', 'news/2']);
    expect((await staff('GET', 'status')).body.lastError.detail).toContain('news/2');

    await deploy(templates);
    await post('Last');
    expect((await get(trap)).body).toContain('Trap');
    expect((await staff('GET', 'status')).body).toMatchObject({ lastError: null, faults: [] });
  });
});
