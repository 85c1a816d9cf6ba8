import type { Bulletin, PublicItem } from '../../model/bulletin.ts';
import type { Collection } from '../../model/collections/registry.ts';
import { itemPaths } from '../../model/path.ts';
import type { Site } from '../../model/site.ts';

/** An item as the public JSON gives it: what the platform knows of it, then its content, bodies as they were written. */
export function publicForm(site: Site, item: PublicItem<Collection>): Readonly<Record<string, unknown>> {
  return {
    id: item.id,
    url: itemPaths(site, item),
    agency: item.agency,
    publishedAt: item.publishedAt,
    updatedAt: item.updatedAt,
    ...item.content,
  };
}

/** A correction as `changes.json` gives it. */
export function publicChange(correction: Bulletin['corrections'][number]): Readonly<Record<string, unknown>> {
  const { id, at, agency, kind, was, now, reason, release } = correction;
  const what =
    correction.kind === 'figure'
      ? { metric: correction.metric, date: correction.date }
      : { collection: correction.collection, item: correction.item };
  return { id, at, agency, kind, ...what, was, now, ...(reason === undefined ? {} : { reason }), release };
}
