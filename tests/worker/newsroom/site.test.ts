import { beforeAll, describe, expect, it } from 'vitest';
import { aSite } from '../a-site.ts';
import { advanceClock } from '../clock.ts';
import { Reader } from '../read/reader.ts';
import { newsContent, setUpSite, pacedStaff as staff } from '../staff-client.ts';

describe('PUT site', () => {
  beforeAll(() => setUpSite());

  it.each(['en-us-us', 'en-uk1', 'en-12'])('refuses the invalid language tag %s', async (tag) => {
    const languages = [...aSite().languages, { tag, locale: 'en' }];
    const refused = await staff('PUT', 'site', { body: aSite({ languages }) });
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toMatchObject([{ pointer: '#/languages/2/tag', detail: expect.any(String) }]);
  });

  it('accepts a language with a region or a script, and the site still publishes', async () => {
    const addedLanguages = ['en-gb', 'zh-hant', 'ckb', 'fil'].map((tag) => ({ tag, locale: tag }));
    const accepted = await staff('PUT', 'site', {
      body: aSite({ languages: [...aSite().languages, ...addedLanguages] }),
    });
    expect(accepted.status).toBe(200);
    expect((await staff('POST', 'news', { body: newsContent() })).status).toBe(201);
  });

  it('sets the name that readers see, with the hotline, while a pack can’t be read', async () => {
    const contact = { name: { ar: 'الصحة', en: 'Health' }, kind: 'hotline', phone: '+965 151' };
    const added = await staff('POST', 'contacts', {
      body: contact,
      headers: { 'Nashra-Agency': 'health' },
    });
    expect(added.status).toBe(201);
    const renamed = await staff('PUT', 'site', {
      body: aSite({ name: { ar: 'اسم', en: 'Renamed & open' } }),
    });
    expect(renamed.body.changed).toContain('name');
    const item = await staff('POST', 'news', { body: newsContent() });
    advanceClock(60_000);
    const reader = new Reader();
    reader.faultyKv.fail({ on: 'get', prefix: 'pack/', fault: { kind: 'refuse' } });
    const response = await reader.ask(item.body.url.en);
    expect(response.status).toBe(503);
    const html = await response.text();
    expect(html).toMatch(/<title>.* · Renamed &amp; open<\/title>/);
    expect(html).toMatch(/<section lang="en".*Renamed &amp; open.*href="tel:\+965151".*Health ministry</s);
    expect(html).toMatch(/<section lang="ar".*اسم.*href="tel:\+965151"/s);
  });
});
