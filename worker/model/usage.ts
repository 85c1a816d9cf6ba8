import { isPublic } from './bulletin.ts';
import type { Collection, Content } from './collections/registry.ts';
import type { Item } from './item.ts';
import type { LimitName } from './limits.ts';
import type { AgencyId } from './site.ts';
import { textIn } from './validation/text.ts';

/** The limits whose use is the sum of what each public item uses. */
export type Summed = Exclude<LimitName, 'breaking' | 'topics' | 'itemBytes' | 'editBytes'>;

/** How much of a limit is used: of which agency or topic, if the limit is for each; else `of` is empty. */
export type Use = {
  readonly limit: Summed;
  readonly of: string;
  readonly amount: number;
  /** Whose use it is, of a limit that all agencies share. */
  readonly agency?: AgencyId;
};

/** The bytes of a content as JSON in UTF-8. */
export const contentBytes = (content: Content): number =>
  new TextEncoder().encode(JSON.stringify(content)).length;

/** What an edit counts at least: its entry and its correction take about as much without any text. */
const MIN_EDIT_BYTES = 2_000;

/** What an edit that brings a content counts for the limit `editBytes`: the ledger and the corrections keep it. */
export const editBytes = (content: Content): number => Math.max(contentBytes(content), MIN_EDIT_BYTES);

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
