import { beforeAll, describe, expect, it } from 'vitest';
import { deploy } from '../main.ts';
import { markedTemplates } from '../marked-templates.ts';
import { get, newsContent, setUpSite, pacedStaff as staff } from '../staff-client.ts';
import { Reader } from './reader.ts';

const PATHS = ['/en/', '/en/faq/', '/api/v1/news.json', '/data/statistics.csv', '/en/news/1', '/en/news/'];

/** `Last-Modified` of each path, in milliseconds since 1970. */
async function times(): Promise<Readonly<Record<string, number>>> {
  const timesByPath: Record<string, number> = {};
  for (const path of PATHS)
    timesByPath[path] = Date.parse((await get(path)).headers.get('Last-Modified') ?? '');
  return timesByPath;
}

/** `publishedAt` of the current release. */
const publishedMs = async () => Date.parse((await get('/api/v1/bulletin.json')).body.publishedAt);

describe('Last-Modified', () => {
  beforeAll(async () => {
    await setUpSite();
    await staff('PUT', 'statistics/2021-08-02', { body: { values: { new_cases: 7 } } });
    await staff('POST', 'news', { body: newsContent() });
  });

  it('is the publication time of the release that last changed the document', async () => {
    const first = await publishedMs();
    const timesBefore = await times();
    expect(timesBefore['/en/news/1']).toBe(first);
    expect(timesBefore['/api/v1/news.json']).toBe(first);
    expect(timesBefore['/en/faq/']).toBeLessThan(first);
    await staff('POST', 'faq', {
      body: { question: { ar: 'س', en: 'Q' }, answer: { ar: 'ج', en: 'A' }, topic: { ar: 'م', en: 'T' } },
    });
    const second = await publishedMs();
    expect(second).toBeGreaterThan(first);
    const timesAfter = await times();
    expect(timesAfter['/en/faq/']).toBe(second);
    for (const path of ['/api/v1/news.json', '/data/statistics.csv', '/en/news/1', '/en/news/'])
      expect(timesAfter[path], path).toBe(timesBefore[path]);
  });

  it('of an item’s page changes when its shell or the item changes', async () => {
    const timesBefore = await times();
    const until = new Date(Date.now() + 3_600_000).toISOString();
    await staff('POST', 'news', { body: newsContent({ breaking: { until } }) });
    const shown = await publishedMs();
    expect((await times())['/en/news/1']).toBe(shown);
    expect(shown).toBeGreaterThan(timesBefore['/en/news/1'] ?? 0);
    await staff('PATCH', 'news/2', { body: { content: { breaking: null } } });
    const ended = await publishedMs();
    await staff('PATCH', 'news/1', { body: { content: { title: { en: 'Edited' } } } });
    const edited = await publishedMs();
    expect(edited).toBeGreaterThan(ended);
    expect((await times())['/en/news/1']).toBe(edited);
    expect(Date.parse((await get('/en/news/2')).headers.get('Last-Modified') ?? '')).toBe(ended);
  });

  it('stays the same if a deploy renders the same bytes, and changes if it does not', async () => {
    const timesBefore = await times();
    await deploy(markedTemplates('other'));
    await staff('POST', 'tick');
    const timesAfter = await times();
    expect(timesAfter['/api/v1/news.json']).toBe(timesBefore['/api/v1/news.json']);
    expect(timesAfter['/en/faq/']).toBeGreaterThan(timesBefore['/en/faq/'] ?? 0);
  });

  it('lets a reader with If-Modified-Since get a 304, unless If-None-Match decides otherwise', async () => {
    const reader = new Reader();
    for (const path of PATHS) {
      const { headers } = await reader.ask(path);
      const [time, etag] = [headers.get('Last-Modified') ?? '', headers.get('ETag') ?? ''];
      const status = async (conditions: Record<string, string>) =>
        (await reader.ask(path, conditions)).status;
      const earlier = new Date(Date.parse(time) - 1000).toUTCString();
      expect(await status({ 'If-Modified-Since': time }), path).toBe(304);
      expect(await status({ 'If-Modified-Since': earlier }), path).toBe(200);
      expect(await status({ 'If-Modified-Since': time, 'If-None-Match': '"other"' }), path).toBe(200);
      expect(await status({ 'If-Modified-Since': earlier, 'If-None-Match': etag }), path).toBe(304);
      for (const invalid of ['yesterday', '2099-01-01T00:00:00Z', '', '99999999999999'])
        expect(await status({ 'If-Modified-Since': invalid }), invalid).toBe(200);
    }
  });

  it('is absent from a 404', async () => {
    expect((await get('/en/nowhere')).headers.get('Last-Modified')).toBeNull();
  });
});
