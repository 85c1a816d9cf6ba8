import type { TopicItem } from '../../../client/page/sections/topics.tsx';
import type { PublicItem } from '../../model/bulletin.ts';
import { civilDateAt } from '../../model/civil-date.ts';
import { itemAnchor } from '../../model/path.ts';
import type { Site } from '../../model/site.ts';
import type { Source } from '../../model/validation/fields.ts';
import { agencyName } from './localize.ts';
import { viewBytes } from './page-room.ts';
import { prefixWithin } from './prefix-within.ts';

/** Bytes of the links to an item's sources, where they stand twice: as address, and as text if they have no title. */
export const sourcesBytes = (sources: readonly Source[]): number =>
  sources.reduce((sum, { url, title }) => sum + viewBytes(url) + viewBytes(title ?? url), 0);

/** Bytes of the sources of one item. */
const SOURCES_BYTES = 12_000;

/** The first sources of an item, as many as a page has room for. */
export const sourcesWithin = (sources: readonly Source[]): readonly Source[] =>
  prefixWithin(sources, (source) => sourcesBytes([source]), SOURCES_BYTES);

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
