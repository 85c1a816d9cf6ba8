import { breakingEnds } from '../../model/boundary.ts';
import type { Bulletin, PublicItem } from '../../model/bulletin.ts';
import type { Instant } from '../../model/instant.ts';
import { listedItems } from './listed-items.ts';

/** A news item that is breaking, and when that ends: up to a minute after its own `until`, see `breakingEnds`. */
export type BreakingNews = { readonly item: PublicItem<'news'>; readonly end: Instant };

/** The news items that are breaking at an instant, newest first. */
export function breakingNews(bulletin: Bulletin, asOf: Instant): readonly BreakingNews[] {
  const ends = breakingEnds(bulletin, asOf);
  if (ends.size === 0) return [];
  return listedItems(bulletin, 'news').flatMap((item) => {
    const end = ends.get(item.id);
    return end === undefined ? [] : [{ item, end }];
  });
}
