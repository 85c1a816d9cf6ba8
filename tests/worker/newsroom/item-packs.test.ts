import { runInDurableObject } from 'cloudflare:test';
import { expect, it } from 'vitest';
import type { Bulletin } from '../../../worker/model/bulletin.ts';
import type { Instant } from '../../../worker/model/instant.ts';
import {
  type FindCurrentPack,
  itemPacks,
  type PackToWrite,
} from '../../../worker/newsroom/documents/item-packs.ts';
import { ItemParts } from '../../../worker/newsroom/documents/item-parts.ts';
import { RenderFaults } from '../../../worker/newsroom/documents/render-faults.ts';
import type { Templates } from '../../../worker/newsroom/documents/templates.ts';
import { templates } from '../../../worker/newsroom/templates.ts';
import { aBulletin } from '../a-bulletin.ts';
import { newsroom } from '../staff-client.ts';

const ITEMS = 1000;

/** Renders all parts that have changed. */
function renderAll(parts: ItemParts, bulletin: Bulletin): void {
  const work = parts.render(growingTemplates, bulletin, AT, () => false);
  while (!work.next().done);
}

/** All item packs of a release at once. */
function planItemPacks(parts: ItemParts, bulletin: Bulletin, currentPack: FindCurrentPack) {
  const packs: PackToWrite[] = [];
  const work = itemPacks(parts, bulletin, {}, currentPack, AT);
  for (let next = work.next(); ; next = work.next()) {
    if (next.done) return { ...next.value, packs };
    packs.push(next.value);
  }
}

/** A bulletin with a thousand news items; the first item has this version. */
function bulletinWithVersion(version: number): Bulletin {
  const bulletin = aBulletin({ news: ITEMS });
  const [first] = bulletin.items.news.values();
  if (!first) throw new Error('no news');
  const news = new Map(bulletin.items.news).set(first.id, { ...first, version });
  return { ...bulletin, items: { ...bulletin.items, news } };
}

/** Templates with parts of ten thousand characters for each version of an item. */
const growingTemplates: Templates = {
  ...templates,
  templateVersion: 'now',
  itemRelations: () => '',
  itemParts: (_, item) => [{ language: 'en', render: () => ['x'.repeat(10_000 * item.version)] }],
};
const AT = '2021-08-03T11:00:00Z' as Instant;

it('an item that grows changes few packs, however many items there are', async () => {
  await runInDurableObject(newsroom(), (_, { storage }) => {
    const parts = new ItemParts(storage.sql, new RenderFaults(storage.sql));
    renderAll(parts, bulletinWithVersion(1));
    const packsBefore = planItemPacks(parts, bulletinWithVersion(1), () => undefined).packs;
    expect(packsBefore.length).toBeGreaterThan(8);
    const written = new Map(
      packsBefore.map(({ name, stamp, key, list }) => [name, { stamp, key, since: AT, list }]),
    );
    renderAll(parts, bulletinWithVersion(40));
    const { packs, lists } = planItemPacks(parts, bulletinWithVersion(40), (name) => written.get(name));
    const bytes = packs.reduce((sum, pack) => sum + pack.bytes.length, 0);
    console.log(`packs written again for one item: ${packs.length} of ${lists.length}, ${bytes} bytes`);
    // The item alone, which has 400 kB now, and its 15 neighbours.
    expect(packs.length).toBeLessThanOrEqual(3);
    expect(bytes).toBeLessThan(750_000);
  });
});
