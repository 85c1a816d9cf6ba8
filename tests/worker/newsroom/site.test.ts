import { runInDurableObject } from 'cloudflare:test';
import { beforeAll, describe, expect, it } from 'vitest';
import { aSite } from '../a-site.ts';
import { advanceClock } from '../clock.ts';
import { Reader } from '../read/reader.ts';
import { newsContent, newsroom, setUpSite, pacedStaff as staff } from '../staff-client.ts';

describe('PUT site', () => {
  beforeAll(() => setUpSite());

  it.each(['en-us-us', 'en-uk1', 'en-12'])('refuses the invalid language tag %s', async (tag) => {
    const languages = [...aSite().languages, { tag, locale: 'en' }];
    const refused = await staff('PUT', 'site', { body: aSite({ languages }) });
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toMatchObject([{ pointer: '#/languages/2/tag', detail: expect.any(String) }]);
  });

  it('refuses a metric with the name of a column that the CSV has beside figures, but keeps one from before', async () => {
    const [one] = aSite().metrics;
    const metrics = [...aSite().metrics, { ...one, id: 'total_cases_missing_days' as never }] as never;
    const refused = await staff('PUT', 'site', { body: aSite({ metrics }) });
    expect(refused.body.errors).toMatchObject([{ pointer: '#/metrics/4/id', code: 'id-of-column' }]);
    await runInDurableObject(newsroom(), (_, { storage }) => {
      storage.sql.exec('UPDATE site SET site = ?', JSON.stringify(aSite({ metrics })));
    });
    expect((await staff('PUT', 'site', { body: aSite({ metrics, notice: { ar: 'ن' } }) })).status).toBe(200);
    await setUpSite();
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
