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

/** The templates, but for these documents: each fails to be rendered. */
const withoutDocuments = (version: string, paths: readonly string[]): typeof templates => ({
  ...templates,
  templateVersion: version,
  documents: (...args) =>
    templates.documents(...args).map((document) => {
      if (!paths.includes(document.path)) return document;
      const fail = () => {
        throw new Error('a file too many');
      };
      return {
        ...document,
        render: fail,
        ...(document.joined ? { joined: { ...document.joined, part: fail } } : {}),
      };
    }),
});

const post = async (title: string) => {
  advanceClock(2000);
  const answer = await staff('POST', 'news', { body: newsContent({ title: { ar: title, en: title } }) });
  expect(answer.status).toBe(201);
  return `/en/news/${answer.body.id}`;
};

describe('a file that could never be rendered', () => {
  const files = ['/data/statistics.csv', '/sitemap.xml', '/api/v1/bulletin.json'];

  it('is 503 and not 404, because other pages link to it, until it can be rendered', async () => {
    await deploy(withoutDocuments('without-files', files));
    await setUpSite();
    expect((await get('/en/data/')).body).toContain('/data/statistics.csv');
    expect((await get('/robots.txt')).body).toContain('/sitemap.xml');
    for (const path of files) {
      const { status, headers } = await get(path);
      expect(status, path).toBe(503);
      expect(headers.get('Cache-Control')).toBe('no-store');
      expect(Number(headers.get('Retry-After'))).toBeGreaterThanOrEqual(5);
      expect(headers.get('Content-Type')).toMatch(
        path.startsWith('/api/') ? /^application\/problem\+json/ : /^text\/html/,
      );
    }
    expect((await get('/data/nothing.csv')).status).toBe(404);
    const { pending, faults } = (await staff('GET', 'status')).body;
    expect(pending).toBe(false);
    expect(faults.map((fault: { what: string }) => fault.what).sort()).toEqual([...files].sort());

    await deploy(templates);
    await setUpSite({ name: { ar: 'نشرة أخرى', en: 'Another bulletin' } });
    for (const path of files) expect((await get(path)).status, path).toBe(200);
    expect((await staff('GET', 'status')).body.faults).toEqual([]);
  });

  it('is 503 too if it is a page whose plain page can’t be rendered', async () => {
    const fail = () => {
      throw new Error('a page too many');
    };
    const page = {
      path: '/en/new/',
      type: 'text/html; charset=utf-8',
      pack: 'release',
      stamp: 'new',
    } as const;
    await deploy({
      ...templates,
      templateVersion: 'without-page',
      documents: (...args) => [...templates.documents(...args), { ...page, render: fail }],
      plainPage: fail,
    });
    await setUpSite();
    expect((await get('/en/new/')).status).toBe(503);
    expect((await get('/en/new')).headers.get('Location')).toBe('/en/new/');
    expect((await get('/en/faq/')).status).toBe(200);
    await deploy(templates);
    await setUpSite({ name: { ar: 'نشرة', en: 'Bulletin' } });
    expect((await get('/en/new/')).status).toBe(404);
  });
});

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

  it('still exists if its plain page can’t be rendered either: it has the title, as text', async () => {
    const fails = (text: string) => () => {
      throw new Error(text);
    };
    const isTrap = (item: object) => JSON.stringify(item).includes('Trap');
    await deploy({
      ...templates,
      templateVersion: 'failing-plainly',
      itemParts: (bulletin, item) =>
        templates
          .itemParts(bulletin, item)
          .map((part) => (isTrap(item) ? { ...part, render: fails('an item too many') } : part)),
      plainParts: (bulletin, item) =>
        templates
          .plainParts(bulletin, item)
          .map((part) => (isTrap(item) ? { ...part, render: fails('a plain page too many') } : part)),
    });
    const trap = await post('Trap <b>&amp; **two**');
    const page = await get(trap);
    expect(page.status).toBe(200);
    expect(page.body).toContain('<title>Trap &lt;b>&amp;amp; **two**</title>');
    expect(page.body).toContain('<h1><bdi>Trap &lt;b>&amp;amp; **two**</bdi></h1>');
    expect(page.body).toContain(`href="${trap.replace('/en/', '/ar/')}"`);
    expect((await get(trap.replace('/en/', '/ar/'))).status).toBe(200);
    for (const list of ['/en/news/', '/sitemap.xml', '/en/']) expect((await get(list)).body).toContain(trap);
    expect((await staff('GET', 'status')).body.lastError.detail).toContain('an item too many');
    await staff('DELETE', trap.replace('/en/', ''), { body: { reason: 'Wrong' } });
    expect((await get(trap)).status).toBe(410);

    await deploy(templates);
    await post('Last again');
    expect((await staff('GET', 'status')).body).toMatchObject({ lastError: null, faults: [] });
  });
});
