import { formatsOf } from '../../../client/page/parts/formats.ts';
import { Article } from '../../../client/page/sections/article.tsx';
import { NewsArchive, type NewsRow, NewsSection } from '../../../client/page/sections/news-list.tsx';
import type { PublicItem } from '../../model/bulletin.ts';
import { itemPath } from '../../model/path.ts';
import type { Site } from '../../model/site.ts';
import { excerptOf } from '../views/excerpt.ts';
import { itemStamp } from '../views/item-runs.ts';
import { listedItems } from '../views/listed-items.ts';
import { agencyName, localize } from '../views/localize.ts';
import { markdownHtml } from '../views/markdown.ts';
import { monthLinks, neighbours } from '../views/months.ts';
import { cutLabel, MAIN_BYTES, rowsWithin } from '../views/page-room.ts';
import { articleView, type ItemPage } from './item-page.ts';
import {
  type MonthPages,
  monthParts,
  type SectionContext,
  type SectionPage,
  sectionParts,
} from './section-page.ts';
import type { ShellFrame } from './shell.tsx';

/** How many items the news section's page shows; the month pages have all. */
const NEWEST = 30;
/** The most characters of an agency's name in a list. */
const LONGEST_NAME = 100;
/** Room for the list of months. */
const MONTHS_BYTES = 20_000;

/** A news item as a row of a list. */
export function newsRow(
  site: Site,
  item: PublicItem<'news'>,
  language: string,
  { excerpt }: { readonly excerpt: boolean },
): NewsRow {
  const { content } = item;
  return {
    path: itemPath(language, 'news', item.id),
    title: localize(content.title, language, site),
    date: content.date,
    agency: cutLabel(agencyName(site, item.agency, language), LONGEST_NAME),
    ...(excerpt ? { excerpt: excerptOf(localize(content.body, language, site)) } : {}),
  };
}

/** The newest news, and links to all months. */
export const newsSection: SectionPage = {
  stamp: (context, frame) => sectionView(context, frame),
  parts: (context, frame) => {
    const f = formatsOf(frame.formats);
    return sectionParts(context, frame, 'news', <NewsSection {...sectionView(context, frame)} f={f} />);
  },
};

function sectionView({ bulletin }: SectionContext, { formats }: ShellFrame) {
  const newest = listedItems(bulletin, 'news').slice(0, NEWEST);
  return {
    rows: rowsWithin(
      newest.map((item) => newsRow(bulletin.site, item, formats.tag, { excerpt: true })),
      MAIN_BYTES - MONTHS_BYTES,
    ),
    ...monthLinks(bulletin, 'news', formats.tag),
  };
}

/** The news of a month, with links to the pages beside it. Titles only, so that a month of hundreds has few pages. */
export const newsMonths: MonthPages<'news'> = {
  shared: () => null,
  rowStamp: (_, item) => itemStamp(item),
  parts: (context, frame, { month, page, items }) => {
    const { bulletin } = context;
    const { tag } = frame.formats;
    const rows = items.map((item) => newsRow(bulletin.site, item, tag, { excerpt: false }));
    const turn = neighbours(bulletin, 'news', { month, page }, tag);
    return monthParts(
      context,
      frame,
      { collection: 'news', month, page },
      <NewsArchive month={month} page={page} rows={rows} {...turn} f={formatsOf(frame.formats)} />,
    );
  },
};

/** The page of a news item. */
export const newsPage: ItemPage<'news'> = {
  allKey: 'news.all',
  text: ({ body }) => body,
  article: (site, item, language) => {
    const { breaking } = item.content;
    const article = articleView(site, item, language, { ...item.content, text: item.content.body });
    return breaking ? { ...article, breakingUntil: breaking.until } : article;
  },
  main: (_, __, view, f) => <Article view={view} toHtml={markdownHtml} f={f} allKey="news.all" />,
};
