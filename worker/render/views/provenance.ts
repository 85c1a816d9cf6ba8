import type { TopicItem } from '../../../client/page/sections/topics.tsx';
import type { PublicItem } from '../../model/bulletin.ts';
import { civilDateAt } from '../../model/civil-date.ts';
import { itemAnchor } from '../../model/path.ts';
import type { Site } from '../../model/site.ts';
import { agencyName } from './localize.ts';

/** The anchor, agency, day of last change and sources of an item without a page of its own. */
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
