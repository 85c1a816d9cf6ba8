import { isPublic } from './bulletin.ts';
import type { Facts } from './cell-facts.ts';
import type { Collection, Content } from './collections/registry.ts';
import type { Item } from './item.ts';
import type { LimitName } from './limits.ts';
import type { AgencyId } from './site.ts';
import { utf8Bytes } from './utf8-bytes.ts';
import { textIn } from './validation/text.ts';

/**
 * The limits whose use is the sum of what each public item uses. `agencyBytes` also counts what an agency says about
 * figures beside their numbers: `factsBytes`.
 */
export type Summed = Exclude<LimitName, 'breaking' | 'topics' | 'itemBytes' | 'dailyBytes'>;

/** How much of a limit is used: of which agency or topic, if the limit is for each; else `of` is empty. */
export type Use = {
  readonly limit: Summed;
  readonly of: string;
  readonly amount: number;
  /** Whose use it is, of a limit that all agencies share. */
  readonly agency?: AgencyId;
};

/** The bytes of a content as JSON in UTF-8. */
export const contentBytes = (content: Content): number => utf8Bytes(JSON.stringify(content));

/** The bytes of what is known of a figure beside its number, as JSON in UTF-8. */
export const factsBytes = (facts: Facts | undefined): number =>
  facts === undefined ? 0 : utf8Bytes(JSON.stringify(facts));

/** Whether pages group the items of a collection by topic. */
export const hasTopics = (collection: Collection): boolean =>
  collection === 'faq' || collection === 'guidance';

/**
 * What an item uses of the limits; nothing if it is withdrawn or erased. A topic is named by its text in the site's
 * default language, by which pages group the items.
 * @param defaultLanguage of the site; items without topics need none
 */
export function usesOf(item: Item, defaultLanguage: string): readonly Use[] {
  if (!isPublic(item)) return [];
  const { collection, agency, content } = item;
  const uses: Use[] = [
    { limit: 'agencyItems', of: agency, amount: 1 },
    { limit: 'agencyBytes', of: agency, amount: contentBytes(content) },
  ];
  if (collection === 'contacts') uses.push({ limit: 'contacts', of: '', amount: 1, agency });
  if (collection === 'remarks') uses.push({ limit: 'remarks', of: '', amount: 1, agency });
  if (collection === 'plan') uses.push({ limit: 'phases', of: '', amount: 1, agency });
  if (hasTopics(collection) && 'topic' in content && content.topic) {
    const { text } = textIn(content.topic, defaultLanguage, defaultLanguage);
    uses.push({ limit: 'topicItems', of: `${collection}/${text}`, amount: 1, agency });
  }
  return uses;
}

/** The collection in the name of a topic. */
export const collectionOfTopic = (topic: string): string => topic.slice(0, topic.indexOf('/'));

/** The instant until which a news item is breaking; null if it is not, or not public. */
export const breakingUntil = (item: Item): string | null =>
  isPublic(item) && 'breaking' in item.content ? (item.content.breaking?.until ?? null) : null;
