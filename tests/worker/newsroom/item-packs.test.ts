import { runInDurableObject } from 'cloudflare:test';
import { expect, it } from 'vitest';
import type { Bulletin } from '../../../worker/model/bulletin.ts';
import { ItemPackStore, type ItemRenderer } from '../../../worker/newsroom/documents/item-packs.ts';
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
const renderer: ItemRenderer = {
  templateVersion: 'now',
  itemRelations: () => '',
  itemParts: (_, item) => [{ language: 'en', render: () => ['x'.repeat(10_000 * item.version)] }],
};

const fail = (what: string) => expect.unreachable(what);

it('an item that grows moves few others into other packs, however many there are', async () => {
  await runInDurableObject(newsroom(), (_, state) => {
    const store = new ItemPackStore(state.storage.sql);
    store.renderSome(renderer, bulletinOf(1), ALL, fail);
    const before = store.plan(bulletinOf(1), () => undefined).packs;
    expect(before.length).toBeGreaterThan(8);
    const written = new Map(before.map((pack) => [pack.name, pack]));
    store.renderSome(renderer, bulletinOf(40), ALL, fail);
    const { packs, keys } = store.plan(bulletinOf(40), (name) => written.get(name));
    console.log(`packs written anew for one item: ${packs.length} of ${keys.length}`);
    expect(packs.length).toBeLessThanOrEqual(2);
  });
});
