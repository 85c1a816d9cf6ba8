import { fillText } from '../../../client/page/parts/fill.ts';
import { formatsOf } from '../../../client/page/parts/formats.ts';
import type { Written } from '../../../client/page/parts/text.tsx';
import { NewsArchive, type NewsRow, NewsSection } from '../../../client/page/sections/news-list.tsx';
import type { PublicItem } from '../../model/bulletin.ts';
import type { CivilMonth } from '../../model/civil-date.ts';
import { itemPath, monthPath, sectionPath } from '../../model/path.ts';
import type { Site } from '../../model/site.ts';
import { agencyName, written } from '../views/localize.ts';
import { markdownExcerpt } from '../views/markdown.ts';
import { type Months, monthLinks, neighbours } from '../views/months.ts';
import { sectionHead } from './section-head.ts';
import type { Addressing, PageParts, ShellFrame } from './shell.tsx';

/** Items on the news section's first page: older ones are in their months. */
const NEWEST = 30;

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
    title: written(content.title, language, site),
    date: content.date,
    agency: agencyName(site, item.agency, language),
    ...(excerpt ? { excerpt: excerptOf(written(content.body, language, site)) } : {}),
  };
}

/** A body's beginning as plain text, in the language the body is in. */
export const excerptOf = (body: Written, length?: number): Written => ({
  ...body,
  text: markdownExcerpt(body.text, length),
});

/** What the news section's page shows in a language. */
export type NewsView = Omit<Parameters<typeof NewsSection>[0], 'f'>;

/** The newest news and all months. */
export function newsView(site: Site, months: Months<'news'>, language: string): NewsView {
  const newest = [...months.values()].flat().slice(0, NEWEST);
  return {
    rows: newest.map((item) => newsRow(site, item, language, { excerpt: true })),
    months: monthLinks(months, 'news', language),
  };
}

/** The slots of the news section's page. */
export function newsParts(site: Addressing, frame: ShellFrame, view: NewsView): PageParts {
  const f = formatsOf(frame.formats);
  return {
    ...sectionHead(site, frame, f.strings.news, (tag) => sectionPath(tag, 'news')),
    main: <NewsSection {...view} f={f} />,
  };
}

/** What a month's archive shows in a language. */
export type ArchiveView = Omit<Parameters<typeof NewsArchive>[0], 'f'>;

/** All news of a month, with its neighbours; by title only, so that a month of hundreds stays small. */
export const archiveView = (
  site: Site,
  months: Months<'news'>,
  month: CivilMonth,
  language: string,
): ArchiveView => ({
  month,
  rows: (months.get(month) ?? []).map((item) => newsRow(site, item, language, { excerpt: false })),
  ...neighbours(months, 'news', month, language),
});

/** The slots of a month's archive. */
export function archiveParts(site: Addressing, frame: ShellFrame, view: ArchiveView): PageParts {
  const f = formatsOf(frame.formats);
  const title = fillText(f.strings['news.month'], { month: f.month(view.month) });
  return {
    ...sectionHead(site, frame, title, (tag) => monthPath(tag, 'news', view.month)),
    main: <NewsArchive {...view} f={f} />,
  };
}
