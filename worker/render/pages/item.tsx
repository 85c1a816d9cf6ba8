import type { Alternate } from '../../../client/page/frame/head.tsx';
import { fillText } from '../../../client/page/parts/fill.ts';
import { type FormatSettings, formatsOf } from '../../../client/page/parts/formats.ts';
import type { Written } from '../../../client/page/parts/text.tsx';
import {
  Article,
  type ArticleView,
  Withdrawn,
  type WithdrawnView,
} from '../../../client/page/sections/article.tsx';
import {
  DecisionArticle,
  type DecisionFacts,
  type DecisionLink,
} from '../../../client/page/sections/decision.tsx';
import { RumourArticle } from '../../../client/page/sections/rumours.tsx';
import { type Bulletin, isPublic, type PublicItem } from '../../model/bulletin.ts';
import { addDays, type CivilDate } from '../../model/civil-date.ts';
import { hasPermalinks, headingOf, type Paged } from '../../model/collections/collection.ts';
import type { Content, Item, ItemId } from '../../model/collections/content.ts';
import { itemPath, sectionPath } from '../../model/path.ts';
import type { Language, Site } from '../../model/site.ts';
import { firstDay, replacersOf } from '../views/decision-standings.ts';
import { agencyName, written } from '../views/localize.ts';
import { markdownExcerpt, markdownHtml } from '../views/markdown.ts';
import { alternates, type PageParts } from './shell.tsx';

/** An item that has a page of its own. */
export type PagedItem = { readonly [C in Paged]: Item<C> }[Paged];

/** Whether an item has a page of its own. */
export const isPaged = (item: Item): item is PagedItem => hasPermalinks(item.collection);

/** All that an item's part depends on, in one language. */
export type ItemView = {
  readonly formats: FormatSettings;
  readonly origin: string;
  readonly siteName: string;
  readonly alternates: readonly Alternate[];
} & (
  | { readonly kind: 'news'; readonly article: ArticleView }
  | { readonly kind: 'decisions'; readonly article: ArticleView; readonly facts: DecisionFacts }
  | { readonly kind: 'rumours'; readonly article: ArticleView; readonly verdict: Written }
  | { readonly kind: 'withdrawn'; readonly withdrawn: WithdrawnView }
);

const ALL = { news: 'news.all', decisions: 'decisions.list', rumours: 'rumours.all' } as const;

/** What an item's page shows: the item, or that it was withdrawn. */
export function itemView(bulletin: Bulletin, item: PagedItem, language: Language): ItemView {
  const { site } = bulletin;
  const { tag } = language;
  const { collection, content, withdrawal } = item;
  const frame = {
    formats: { ...language, timeZone: site.timeZone },
    origin: site.origin,
    siteName: written(site.name, tag, site).text,
    alternates: alternates(site, (of) => itemPath(of, collection, item.id)),
  };
  if (withdrawal || content === null) {
    const withdrawn = {
      title: `withdrawn.${collection}`,
      allKey: ALL[collection],
      all: sectionPath(tag, collection),
      ...withdrawal,
    } as const;
    return { ...frame, kind: 'withdrawn', withdrawn };
  }
  const article = articleView(site, item, content, tag);
  if ('issuer' in content)
    return { ...frame, kind: 'decisions', article, facts: factsOf(bulletin, item.id, content, tag) };
  if ('verdict' in content)
    return { ...frame, kind: 'rumours', article, verdict: written(content.verdict, tag, site) };
  return {
    ...frame,
    kind: 'news',
    article: { ...article, ...(content.breaking ? { breakingUntil: content.breaking.until } : {}) },
  };
}

type PagedContent = NonNullable<PagedItem['content']>;

const articleView = (site: Site, item: PagedItem, content: PagedContent, tag: string): ArticleView => ({
  title: written(headingOf(content).text, tag, site),
  body: written('answer' in content ? content.answer : content.body, tag, site),
  date: content.date,
  agency: agencyName(site, item.agency, tag),
  publishedAt: item.publishedAt,
  ...(item.updatedAt === item.publishedAt ? {} : { updatedAt: item.updatedAt }),
  sources: content.source ?? [],
  all: sectionPath(tag, item.collection),
});

function factsOf(
  bulletin: Bulletin,
  id: ItemId,
  content: Extract<Content, { issuer: unknown }>,
  tag: string,
): DecisionFacts {
  const { site } = bulletin;
  const { issuer, number, topic, effectiveFrom, effectiveUntil } = content;
  const { replaced, replacers } = relatedDecisions(bulletin, id, content.replaces);
  const [first] = replacers;
  const until = earliest(effectiveUntil, first && addDays(firstDay(first), -1));
  const link = (item: PublicItem<'decisions'>): DecisionLink => ({
    path: itemPath(tag, 'decisions', item.id),
    title: written(item.content.title, tag, site),
  });
  return {
    issuer: written(issuer, tag, site),
    ...(number === undefined ? {} : { number }),
    ...(topic === undefined ? {} : { topic: written(topic, tag, site) }),
    ...(effectiveFrom === undefined ? {} : { from: effectiveFrom }),
    ...(until === undefined ? {} : { until }),
    ...(replaced ? { replaces: link(replaced) } : {}),
    replacedBy: replacers.map(link),
  };
}

const earliest = (a: CivilDate | undefined, b: CivilDate | undefined) =>
  a !== undefined && b !== undefined ? (a < b ? a : b) : (a ?? b);

/** The decision that one replaces and those that replace it, as far as they are public. */
function relatedDecisions(bulletin: Bulletin, id: ItemId, replaces: ItemId | undefined) {
  const replaced =
    replaces === undefined || replaces === id ? undefined : bulletin.items.decisions.get(replaces);
  return {
    replaced: replaced && isPublic(replaced) ? replaced : undefined,
    replacers: replacersOf(bulletin).get(id) ?? [],
  };
}

/**
 * What an item's page shows of other items, as a text that changes with it: empty for most. Beside the item's version
 * it says whether the page must be made anew.
 */
export function itemRelations(bulletin: Bulletin, item: Item): string {
  if (!item.content || !('issuer' in item.content)) return '';
  const { replaced, replacers } = relatedDecisions(bulletin, item.id, item.content.replaces);
  return [replaced ?? [], replacers]
    .flat()
    .map(({ id, version }) => `${id}.${version}`)
    .join();
}

/** The slots of an item's page. */
export function itemPageParts(view: ItemView): PageParts {
  const f = formatsOf(view.formats);
  const { origin, siteName } = view;
  if (view.kind === 'withdrawn')
    return {
      // A page that is gone has no address to be found by, but the switch still leads to its translations.
      head: {
        title: `${f.strings[view.withdrawn.title]} · ${siteName}`,
        origin,
        siteName,
        kind: 'website',
        alternates: [],
      },
      languages: view.alternates,
      main: <Withdrawn view={view.withdrawn} f={f} />,
    };
  const { article } = view;
  const name = article.title.text;
  // What is said stands in quotation marks in a search result and in a shared link too.
  const title = view.kind === 'rumours' ? fillText(f.strings['rumour.claim'], { claim: name }) : name;
  return {
    head: {
      title: `${title} · ${siteName}`,
      description: markdownExcerpt(article.body.text),
      origin,
      siteName,
      kind: 'article',
      alternates: view.alternates,
    },
    languages: view.alternates,
    main: articleOf(view),
  };
}

function articleOf(view: Exclude<ItemView, { kind: 'withdrawn' }>) {
  const f = formatsOf(view.formats);
  const common = { view: view.article, toHtml: markdownHtml, f };
  switch (view.kind) {
    case 'decisions':
      return <DecisionArticle {...common} facts={view.facts} />;
    case 'rumours':
      return <RumourArticle {...common} verdict={view.verdict} />;
    default:
      return <Article {...common} allKey={ALL[view.kind]} />;
  }
}
