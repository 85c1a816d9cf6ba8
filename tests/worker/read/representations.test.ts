import { beforeAll, describe, expect, it } from 'vitest';
import { templates } from '../../../worker/newsroom/templates.ts';
import { define } from '../../../worker/render/document.ts';
import { itemRepresentations, representationPathsOf } from '../../../worker/render/pages/item-documents.tsx';
import type { ItemPages } from '../../../worker/render/pages/item-page.ts';
import { ITEM_PAGES } from '../../../worker/render/pages/sections.ts';
import { deploy } from '../main.ts';
import { get, newsContent, setUpSite, pacedStaff as staff } from '../staff-client.ts';
import { bodyBytes, Reader } from './reader.ts';

const PICTURE = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 255, 128, 10]);

/** The real pages, but news have an XML file in each language and one picture. */
const pages: ItemPages = {
  ...ITEM_PAGES,
  news: {
    ...ITEM_PAGES.news,
    representations: {
      xml: {
        path: '/{language}/news/{id}.xml',
        type: 'application/xml',
        audience: 'data',
        render: (_, { content }, language) => `<alert>${content.title[language]}</alert>`,
      },
      card: { path: '/pictures/news-{id}.png', type: 'image/png', audience: 'embed', render: () => PICTURE },
    },
  },
};

/** Templates with these pages, and with a document that others can frame. */
const withRepresentations: typeof templates = {
  ...templates,
  templateVersion: 'with-more',
  representationPaths: representationPathsOf(pages),
  itemRepresentations: (bulletin, item) => itemRepresentations(bulletin, item, pages),
  documents: (...args) => [
    ...templates.documents(...args),
    define(
      { path: '/embed/figures', type: 'text/html; charset=utf-8', pack: 'release', audience: 'embed' },
      'Figures',
      (title) => `<!doctype html><title>${title}</title>`,
    ),
  ],
};

describe('a representation of an item beside its page', () => {
  const reader = new Reader();
  let id: string;

  beforeAll(async () => {
    await setUpSite();
    await deploy(withRepresentations);
    const title = { ar: 'إنذار', en: 'Alert' };
    id = (await staff('POST', 'news', { body: newsContent({ title }) })).body.id;
  });

  it('has its own path and content type, in each language', async () => {
    const xml = await reader.ask(`/ar/news/${id}.xml`);
    expect([xml.status, await xml.text()]).toEqual([200, '<alert>إنذار</alert>']);
    expect(xml.headers.get('Content-Type')).toBe('application/xml');
    expect(xml.headers.get('Content-Security-Policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect((await get(`/en/news/${id}.xml`)).body).toBe('<alert>Alert</alert>');
    const compressed = await reader.ask(`/ar/news/${id}.xml`, { 'Accept-Encoding': 'br' });
    expect(compressed.headers.get('Content-Encoding')).toBe('br');
    expect(compressed.headers.get('ETag')).toBe(xml.headers.get('ETag'));
  });

  it('can be bytes, which are sent unchanged', async () => {
    const picture = await reader.ask(`/pictures/news-${id}.png`, { 'Accept-Encoding': 'br' });
    expect(picture.status).toBe(200);
    expect(picture.headers.get('Content-Security-Policy')).toContain('frame-ancestors *');
    expect(picture.headers.get('Content-Encoding')).toBeNull();
    expect(picture.headers.get('Content-Type')).toBe('image/png');
    expect(await bodyBytes(picture)).toEqual(PICTURE);
  });

  it('supports 304 and HEAD like any document', async () => {
    const path = `/en/news/${id}.xml`;
    const { headers } = await reader.ask(path);
    const etag = headers.get('ETag') ?? '';
    expect((await reader.ask(path, { 'If-None-Match': etag })).status).toBe(304);
    const head = await reader.ask(path, {}, 'HEAD');
    expect([head.status, head.headers.get('Content-Length'), await head.text()]).toEqual([200, '20', '']);
    expect(headers.get('Last-Modified')).toMatch(/GMT$/);
  });

  it('is 404 if the item, the language or the name does not exist', async () => {
    for (const path of [
      `/en/news/${Number(id) + 1}.xml`,
      `/fr/news/${id}.xml`,
      `/en/news/0${id}.xml`,
      `/en/news/${id}.xmlx`,
      `/x/en/news/${id}.xml`,
      `/en/decisions/${id}.xml`,
      '/pictures/news-.png',
    ])
      expect((await reader.ask(path)).status, path).toBe(404);
  });

  it('is 404 after the item is withdrawn', async () => {
    const other = (await staff('POST', 'news', { body: newsContent() })).body.id;
    expect((await get(`/en/news/${other}.xml`)).status).toBe(200);
    await staff('DELETE', `news/${other}`, { body: { reason: 'wrong' } });
    expect((await get(`/en/news/${other}`)).status).toBe(410);
    expect((await get(`/en/news/${other}.xml`)).status).toBe(404);
    expect((await get(`/en/news/${id}.xml`)).status).toBe(200);
  });

  it('follows a change of the item', async () => {
    const { id: other, version } = (await staff('POST', 'news', { body: newsContent() })).body;
    const content = newsContent({ title: { ar: 'آخر', en: 'Other' } });
    await staff('PUT', `news/${other}`, {
      body: { content, reason: 'better' },
      headers: { 'If-Match': `"${version}"` },
    });
    expect((await get(`/en/news/${other}.xml`)).body).toBe('<alert>Other</alert>');
  });

  it('survives a restart', async () => {
    await deploy(withRepresentations);
    await staff('POST', 'news', { body: newsContent() });
    expect(await bodyBytes(await new Reader().ask(`/pictures/news-${id}.png`))).toEqual(PICTURE);
  });
});

describe('the headers of a document', () => {
  it('let other sites frame embeds, and nothing else', async () => {
    const embed = await get('/embed/figures');
    expect(embed.headers.get('Content-Security-Policy')).toContain('frame-ancestors *');
    expect(embed.headers.get('Cross-Origin-Resource-Policy')).toBe('cross-origin');
    expect(embed.headers.get('Cross-Origin-Opener-Policy')).toBeNull();
    const page = await get('/en/');
    expect(page.headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'");
    expect(page.headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin');
  });
});
