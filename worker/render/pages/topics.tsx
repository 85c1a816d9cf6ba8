import type { ShortItem, ShortItems } from '../../../client/page/home/home-topics.tsx';
import { formatsOf } from '../../../client/page/parts/formats.ts';
import type { LocalizedText } from '../../../client/page/parts/text.tsx';
import {
  FaqSection,
  GuidanceSection,
  type TopicItem,
  type TopicsView,
} from '../../../client/page/sections/topics.tsx';
import type { Bulletin, PublicItem } from '../../model/bulletin.ts';
import { type ContentOf, headingOf } from '../../model/collections/registry.ts';
import { itemPaths, jsonListPath, sectionPath } from '../../model/path.ts';
import type { Site } from '../../model/site.ts';
import { type Texts, textIn } from '../../model/validation/text.ts';
import { excerptOf } from '../views/excerpt.ts';
import { listedItems } from '../views/listed-items.ts';
import { localize } from '../views/localize.ts';
import { markdownHtml } from '../views/markdown.ts';
import {
  BEGINNING_BYTES,
  beginningOf,
  fitRows,
  htmlBytes,
  MOST_ROWS,
  markdownBytes,
  type RowSize,
  viewBytes,
} from '../views/page-room.ts';
import { prefixWithin } from '../views/prefix-within.ts';
import { provenanceOf, sourcesBytes } from '../views/provenance.ts';
import { type SectionPage, sectionParts } from './section-page.ts';

/** The collections whose items are grouped by topic. */
type Topical = 'faq' | 'guidance';

const BODY: { readonly [C in Topical]: (content: ContentOf[C]) => Texts } = {
  faq: ({ answer }) => answer,
  guidance: ({ body }) => body,
};

const textsOf = <C extends Topical>({ collection, content }: PublicItem<C>) => ({
  heading: headingOf(collection, content).text,
  body: BODY[collection](content),
});

// Items share a topic if its text in the site's default language is equal.
function byTopic<C extends Topical>(bulletin: Bulletin, collection: C): readonly PublicItem<C>[][] {
  const { defaultLanguage } = bulletin.site;
  const topics = new Map<string, PublicItem<C>[]>();
  for (const item of listedItems(bulletin, collection)) {
    const topic = textIn(item.content.topic, defaultLanguage, defaultLanguage).text;
    const items = topics.get(topic);
    if (items) items.push(item);
    else topics.set(topic, [item]);
  }
  return [...topics.values()];
}

/** An item with its whole text, and the name of its topic. */
type Row = TopicItem & { readonly body: LocalizedText; readonly topic: LocalizedText };

/** The items of a collection by topic, in a language: as many, and as much of their texts, as the page has room for. */
function topicsView<C extends Topical>(bulletin: Bulletin, collection: C, language: string): TopicsView {
  const { site } = bulletin;
  const topics = byTopic(bulletin, collection).map((items) =>
    items.slice(0, MOST_ROWS).map((item): Row => {
      const { heading, body } = textsOf(item);
      return {
        ...provenanceOf(site, item, language),
        heading: localize(heading, language, site),
        body: localize(body, language, site),
        topic: localize(item.content.topic, language, site),
      };
    }),
  );
  const { shown, whole } = fitRows(topics.slice(0, MOST_ROWS).flat(), ROW_SIZE);
  const isShown = new Set(shown);
  return {
    topics: topics.flatMap((rows) => {
      const items = rows
        .filter((row) => isShown.has(row))
        .map((row) => (whole.has(row) ? row : withBeginning(row)));
      return rows[0] && items.length > 0 ? [{ name: rows[0].topic, items }] : [];
    }),
    ...(shown.length < listedItems(bulletin, collection).length ? { isCut: true } : {}),
    list: jsonListPath(collection),
  };
}

const withBeginning = ({ body, ...row }: Row): TopicItem => ({
  ...row,
  beginning: beginningOf(body),
  sources: [],
});

const ROW_SIZE: RowSize<Row> = {
  least: ({ body: _, sources: __, ...row }) => viewBytes(row) + BEGINNING_BYTES,
  source: ({ body, sources }) => body.text.length + JSON.stringify(sources).length,
  long: ({ body, sources }) => markdownBytes(body.text) + sourcesBytes(sources),
};

/** The questions and answers, by topic. */
export const faqSection: SectionPage = {
  stamp: ({ bulletin }) => bulletin.revisions.faq,
  parts: (context, frame) => {
    const view = topicsView(context.bulletin, 'faq', frame.formats.tag);
    const f = formatsOf(frame.formats);
    return sectionParts(context, frame, 'faq', <FaqSection view={view} toHtml={markdownHtml} f={f} />);
  },
};

/** The guidance, by topic. */
export const guidanceSection: SectionPage = {
  stamp: ({ bulletin }) => bulletin.revisions.guidance,
  parts: (context, frame) => {
    const view = topicsView(context.bulletin, 'guidance', frame.formats.tag);
    const f = formatsOf(frame.formats);
    return sectionParts(
      context,
      frame,
      'guidance',
      <GuidanceSection view={view} toHtml={markdownHtml} f={f} />,
    );
  },
};

/** The home page shows bodies up to this many characters in full; of longer ones it shows the beginning. */
const SHORT = 320;
const QUESTIONS_AT_HOME = 8;
const GUIDANCE_AT_HOME = 4;
/** About how many characters each of the two lists may have on the home page, and how many bytes of HTML. */
const TEXT_AT_HOME = 1_800;
const BYTES_AT_HOME = 14_000;

/** The first questions, for the home page; null if there are none. */
export const firstQuestions = (bulletin: Bulletin, language: string): ShortItems | null =>
  shortItems(bulletin, 'faq', listedItems(bulletin, 'faq').slice(0, QUESTIONS_AT_HOME), language);

/** The first guidance of each topic, for the home page; null if there is no guidance. */
export const firstGuidance = (bulletin: Bulletin, language: string): ShortItems | null =>
  shortItems(
    bulletin,
    'guidance',
    byTopic(bulletin, 'guidance')
      .flatMap((items) => items.slice(0, 1))
      .slice(0, GUIDANCE_AT_HOME),
    language,
  );

function shortItems<C extends Topical>(
  bulletin: Bulletin,
  collection: C,
  shown: readonly PublicItem<C>[],
  language: string,
): ShortItems | null {
  if (shown.length === 0) return null;
  const items = shown.map((item) => shortItem(bulletin.site, item, language));
  return {
    items: prefixWithin(prefixWithin(items, sizeOf, TEXT_AT_HOME), bytesOf, BYTES_AT_HOME),
    count: listedItems(bulletin, collection).length,
    allPath: sectionPath(language, collection),
  };
}

// A short body of many marks can have much HTML.
const bytesOf = ({ heading, body, beginning }: ShortItem): number =>
  htmlBytes(heading.text) + (body ? markdownBytes(body.text) : htmlBytes(beginning?.text.text ?? ''));

const sizeOf = ({ heading, body, beginning }: ShortItem): number =>
  heading.text.length + (body ?? beginning?.text ?? { text: '' }).text.length;

function shortItem<C extends Topical>(site: Site, item: PublicItem<C>, language: string): ShortItem {
  const { heading, body } = textsOf(item);
  const whole = localize(body, language, site);
  return {
    id: item.id,
    heading: localize(heading, language, site),
    ...(whole.text.length <= SHORT
      ? { body: whole }
      : { beginning: { text: excerptOf(whole, SHORT / 2), path: itemPaths(site, item)[language] ?? '' } }),
  };
}
