import { beforeAll, describe, expect, it } from 'vitest';
import { aSite } from '../a-site.ts';
import { openSite, someNews, pacedStaff as staff } from '../staff-client.ts';

describe('PUT site', () => {
  beforeAll(() => openSite());

  it.each(['en-us-us', 'en-uk1', 'en-12'])('refuses the language %s, which has no name', async (tag) => {
    const languages = [...aSite().languages, { tag, locale: 'en' }];
    const refused = await staff('PUT', 'site', { body: aSite({ languages }) });
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toEqual([{ pointer: '#/languages/2/tag', detail: expect.any(String) }]);
  });

  it('takes a language with a region or a script, and goes on publishing', async () => {
    const more = ['en-gb', 'zh-hant', 'ckb', 'fil'].map((tag) => ({ tag, locale: tag }));
    const taken = await staff('PUT', 'site', { body: aSite({ languages: [...aSite().languages, ...more] }) });
    expect(taken.status).toBe(200);
    expect((await staff('POST', 'news', { body: someNews() })).status).toBe(201);
  });
});
