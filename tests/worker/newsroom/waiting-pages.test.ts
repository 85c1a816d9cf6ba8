import { runInDurableObject } from 'cloudflare:test';
import { expect, it } from 'vitest';
import type { Bulletin } from '../../../worker/model/bulletin.ts';
import { toInstant } from '../../../worker/model/instant.ts';
import type { MemoryRows } from '../../../worker/model/memory-rows.ts';
import type { Site } from '../../../worker/model/site.ts';
import { Rendering } from '../../../worker/newsroom/documents/rendering.ts';
import { Turns } from '../../../worker/newsroom/documents/turns.ts';
import { templates } from '../../../worker/newsroom/templates.ts';
import { aBulletin } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { newsroom } from '../staff-client.ts';

const TAGS = 'ar en fr de es it pt ru tr fa'.split(' ');
const NOW_MS = Date.UTC(2021, 7, 3, 11);

/** Settings in ten languages. Pages of items show the name of the site. */
const site = (name: string): Site =>
  aSite({ name: { ar: name }, languages: TAGS.map((tag) => ({ tag, locale: tag })) });
const bulletinWith = (name: string): Bulletin => aBulletin({ site: site(name), news: 200 });

it('pages that wait for new settings get their turn, though every release has time for one turn only', async () => {
  await runInDurableObject(newsroom(), async (_, { storage }) => {
    let bulletin = bulletinWith('نشرة');
    const rows = () => ({ snapshot: () => bulletin }) as unknown as MemoryRows;
    const turns = new Turns(async () => {});
    const rendering = new Rendering(storage.sql, { templates, rows, nowMs: () => NOW_MS }, turns);
    let release = 0;
    const publish = async () => {
      await rendering.prepare(false, () => true, true);
      const moment = { release: ++release, asOf: toInstant(NOW_MS), isSigned: true };
      const rendered = await rendering.render(bulletin, moment, false, () => false);
      if (!rendered) throw new Error('A release that nothing makes stale was not rendered.');
      storage.transactionSync(() => rendering.keep(rendered, bulletin, moment.asOf));
      return rendered.waiting;
    };
    expect(await publish()).toBe(0);
    const changed = bulletinWith('نشرة الأزمة');
    bulletin = { ...changed, revisions: { ...changed.revisions, site: bulletin.revisions.site + 1 } };
    const waiting = [await publish()];
    while ((waiting.at(-1) ?? 0) > 0 && waiting.length < 40) waiting.push(await publish());
    console.log('pages that waited, by release:', waiting.join(' '));
    expect(waiting[0]).toBeGreaterThan(0);
    expect(waiting.at(-1)).toBe(0);
  });
});
