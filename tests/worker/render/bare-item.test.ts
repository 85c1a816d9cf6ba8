import { describe, expect, it } from 'vitest';
import { bareParts } from '../../../worker/render/pages/bare-item.tsx';
import { aBulletin } from '../a-bulletin.ts';

const bulletin = aBulletin({ news: 1, items: { rumours: [{ claim: { ar: 'إشاعة', en: 'A claim' } }] } });

/** The bare parts of the first item of a collection, one text for each language. */
function bareTexts(collection: 'news' | 'rumours', changes: object = {}): string[] {
  const [item] = bulletin.items[collection].values();
  if (!item) throw new Error(`no ${collection}`);
  const changed = { ...item, ...changes } as typeof item;
  return bareParts(bulletin, changed).map(({ render }) => render().join('\n'));
}

describe('the bare page of an item', () => {
  it('has the title in each language, and links to the other languages', () => {
    const [ar, en] = bareTexts('news');
    expect(ar).toContain('<h1><bdi>الخبر 1</bdi></h1>');
    expect(en).toContain('<h1><bdi>Item 1</bdi></h1>');
    expect(en).toContain('href="/ar/news/1"');
  });

  it('does not show the claim of a rumour without the answer', () => {
    const [, en] = bareTexts('rumours');
    expect(en).toContain('<h1><bdi>This page is not available now</bdi></h1>');
    expect(en).not.toContain('A claim');
  });

  it.each([
    ['no title', {}],
    ['null as title', { title: null }],
    ['texts that are none', { title: { ar: 7, en: [] } }],
    ['empty texts', { title: { ar: '', en: '' } }],
  ])('can be rendered whatever the content is: %s', (_, content) => {
    for (const text of bareTexts('news', { content })) {
      expect(text).toMatch(/<h1><bdi>.+<\/bdi><\/h1>/);
      expect(text).not.toContain('undefined');
    }
  });
});
