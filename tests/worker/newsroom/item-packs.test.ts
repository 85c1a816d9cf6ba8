import { runInDurableObject } from 'cloudflare:test';
import { expect, it } from 'vitest';
import type { Bulletin } from '../../../worker/model/bulletin.ts';
import type { Instant } from '../../../worker/model/instant.ts';
import { planItemPacks } from '../../../worker/newsroom/documents/item-packs.ts';
import { ItemParts } from '../../../worker/newsroom/documents/item-parts.ts';
import { RenderFaults } from '../../../worker/newsroom/documents/render-faults.ts';
import type { Templates } from '../../../worker/newsroom/documents/templates.ts';
import { templates } from '../../../worker/newsroom/templates.ts';
import { aBulletin } from '../a-bulletin.ts';
import { newsroom } from '../staff-client.ts';

const ITEMS = 1000;
const ALL = { items: ITEMS, bytes: Number.POSITIVE_INFINITY, mayWait: () => false };

/** A thousand news items; the first in a version of its own. */
function bulletinOf(version: number): Bulletin {
  const bulletin = aBulletin({ news: ITEMS });
  const [first] = bulletin.items.news.values();
  if (!first) throw new Error('no news');
  const news = new Map(bulletin.items.news).set(first.id, { ...first, version });
  return { ...bulletin, items: { ...bulletin.items, news } };
}

/** Parts of ten thousand characters; the first item's grows by as much with each version. */
const growing: Templates = {
  ...templates,
  templateVersion: 'now',
  itemRelations: () => '',
  itemParts: (_, item) => [{ language: 'en', render: () => ['x'.repeat(10_000 * item.version)] }],
};
const AT = '2021-08-03T11:00:00Z' as Instant;

it('an item that grows moves few others into other packs, however many there are', async () => {
  await runInDurableObject(newsroom(), (_, { storage }) => {
    const parts = new ItemParts(storage.sql, new RenderFaults(storage.sql));
    parts.renderSome(growing, bulletinOf(1), AT, ALL);
    const before = planItemPacks(parts, bulletinOf(1), {}, () => undefined, AT).packs;
    expect(before.length).toBeGreaterThan(8);
    const written = new Map(before.map((pack) => [pack.name, { ...pack, since: AT }]));
    parts.renderSome(growing, bulletinOf(40), AT, ALL);
    const { packs, keys } = planItemPacks(parts, bulletinOf(40), {}, (name) => written.get(name), AT);
    console.log(`packs written anew for one item: ${packs.length} of ${keys.length}`);
    expect(packs.length).toBeLessThanOrEqual(2);
  });
});
