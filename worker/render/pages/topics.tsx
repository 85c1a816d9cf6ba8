import type { ShortItem, ShortItems } from '../../../client/page/home/home-topics.tsx';
import { formatsOf } from '../../../client/page/parts/formats.ts';
import {
  FaqSection,
  GuidanceSection,
  type Topic,
  type TopicItem,
} from '../../../client/page/sections/topics.tsx';
import type { Bulletin, PublicItem } from '../../model/bulletin.ts';
import { civilDateAt } from '../../model/civil-date.ts';
import type { Content } from '../../model/collections/content.ts';
import { itemAnchor, itemPaths, sectionPath } from '../../model/path.ts';
import type { Site } from '../../model/site.ts';
import { textIn } from '../../model/validation/text.ts';
import { listedItems } from '../views/listed-items.ts';
import { agencyName, written } from '../views/localize.ts';
import { markdownHtml } from '../views/markdown.ts';
import { within } from '../views/within.ts';
import { excerptOf } from './news.tsx';
import { sectionHead } from './section-head.ts';
import type { Addressing, PageParts, ShellFrame } from './shell.tsx';

/** The collections whose items are read under topics. */
type Topical = 'faq' | 'guidance';

const textOf = (content: Extract<Content, { topic: unknown }>) =>
  'question' in content
    ? { heading: content.question, body: content.answer }
    : { heading: content.title, body: content.body };

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

// A topic is one where it reads the same in the site's own language, which every text has.
function byTopic<C extends Topical>(bulletin: Bulletin, collection: C): readonly PublicItem<Topical>[][] {
  const { defaultLanguage } = bulletin.site;
  const topics = new Map<string, PublicItem<Topical>[]>();
  for (const item of listedItems<Topical>(bulletin, collection)) {
    const topic = textIn(item.content.topic, defaultLanguage, defaultLanguage).text;
    const items = topics.get(topic);
    if (items) items.push(item);
    else topics.set(topic, [item]);
  }
  return [...topics.values()];
}

/** All items of a collection by topic, in a language. */
export const topicsView = (bulletin: Bulletin, collection: Topical, language: string): readonly Topic[] =>
  byTopic(bulletin, collection).flatMap((items) => {
    const [first] = items;
    if (!first) return [];
    return [
      {
        name: written(first.content.topic, language, bulletin.site),
        items: items.map((item) => {
          const { heading, body } = textOf(item.content);
          return {
            ...provenanceOf(bulletin.site, item, language),
            heading: written(heading, language, bulletin.site),
            body: written(body, language, bulletin.site),
          };
        }),
      },
    ];
  });

/** The slots of the page of questions, or of guidance. */
export function topicsParts(
  site: Addressing,
  frame: ShellFrame,
  collection: Topical,
  topics: readonly Topic[],
): PageParts {
  const f = formatsOf(frame.formats);
  const Section = collection === 'faq' ? FaqSection : GuidanceSection;
  return {
    ...sectionHead(site, frame, f.strings[collection], (tag) => sectionPath(tag, collection)),
    main: <Section topics={topics} toHtml={markdownHtml} f={f} />,
  };
}

/** A body up to this many characters stands whole on the home page; of a longer one, its beginning. */
const SHORT = 320;
const QUESTIONS_AT_HOME = 8;
const GUIDANCE_AT_HOME = 4;
/** About how many characters of each a home page has room for. */
const TEXT_AT_HOME = 1_800;

/** The first questions, for the home page; null if there is none. */
export const firstQuestions = (bulletin: Bulletin, language: string): ShortItems | null =>
  shortItems(bulletin, 'faq', listedItems(bulletin, 'faq').slice(0, QUESTIONS_AT_HOME), language);

/** The first guidance of each topic, for the home page; null if there is none. */
export const firstGuidance = (bulletin: Bulletin, language: string): ShortItems | null =>
  shortItems(
    bulletin,
    'guidance',
    byTopic(bulletin, 'guidance')
      .flatMap((items) => items.slice(0, 1))
      .slice(0, GUIDANCE_AT_HOME),
    language,
  );

function shortItems(
  bulletin: Bulletin,
  collection: Topical,
  shown: readonly PublicItem<Topical>[],
  language: string,
): ShortItems | null {
  if (shown.length === 0) return null;
  const items = shown.map((item) => shortItem(bulletin.site, item, language));
  return {
    items: within(items, sizeOf, TEXT_AT_HOME),
    count: listedItems(bulletin, collection).length,
    all: sectionPath(language, collection),
  };
}

const sizeOf = ({ heading, body, beginning }: ShortItem): number =>
  heading.text.length + (body ?? beginning?.text ?? { text: '' }).text.length;

function shortItem(site: Site, item: PublicItem<Topical>, language: string): ShortItem {
  const { heading, body } = textOf(item.content);
  const whole = written(body, language, site);
  return {
    id: item.id,
    heading: written(heading, language, site),
    ...(whole.text.length <= SHORT
      ? { body: whole }
      : { beginning: { text: excerptOf(whole, SHORT / 2), path: itemPaths(site, item)[language] ?? '' } }),
  };
}
