import type { Bulletin, PublicItem } from '../../model/bulletin.ts';
import type { Collection } from '../../model/collections/registry.ts';
import { itemPaths } from '../../model/path.ts';
import type { Site } from '../../model/site.ts';

/**
 * An item in the public JSON: its id, URLs, agency and times, then its content. Bodies are Markdown as staff wrote it.
 */
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

/** A correction in `changes.json`. */
export function publicCorrection(
  correction: Bulletin['corrections'][number],
): Readonly<Record<string, unknown>> {
  const { id, at, agency, kind, was, now, reason, reasonErased, release } = correction;
  const subject =
    correction.kind === 'figure'
      ? {
          metric: correction.metric,
          date: correction.date,
          ...(correction.until === undefined ? {} : { until: correction.until, figures: correction.figures }),
        }
      : {
          ...(correction.metric === undefined ? {} : { metric: correction.metric }),
          collection: correction.collection,
          item: correction.item,
        };
  const erased =
    correction.kind === 'figure'
      ? {
          ...(correction.wasErased ? { wasErased: true } : {}),
          ...(correction.nowErased ? { nowErased: true } : {}),
        }
      : {};
  return {
    id,
    at,
    agency,
    kind,
    ...subject,
    was,
    now,
    ...erased,
    ...(reason === undefined ? {} : { reason }),
    ...(reasonErased ? { reasonErased } : {}),
    release,
  };
}
