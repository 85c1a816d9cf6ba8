import type { TopicItem } from '../../../client/page/sections/topics.tsx';
import type { PublicItem } from '../../model/bulletin.ts';
import { civilDateAt } from '../../model/civil-date.ts';
import { itemAnchor } from '../../model/path.ts';
import type { Site } from '../../model/site.ts';
import { agencyName } from './localize.ts';

/** What an item that has no page of its own says of itself: its place, who says it, as of when, by which sources. */
export const provenanceOf = (
  site: Site,
  item: PublicItem<'faq' | 'guidance' | 'plan'>,
  language: string,
): Omit<TopicItem, 'heading' | 'body'> => ({
  id: itemAnchor(item),
  agency: agencyName(site, item.agency, language),
  updated: civilDateAt(item.updatedAt, site.timeZone),
  sources: item.content.source ?? [],
});
