import { fillText } from '../../client/page/fill.ts';
import { formatsOf } from '../../client/page/formats.ts';
import { NewsArchive, type NewsRow, NewsSection } from '../../client/page/news-list.tsx';
import type { Written } from '../../client/page/text.tsx';
import type { Bulletin, PublicItem } from '../model/bulletin.ts';
import { type CivilMonth, monthOf } from '../model/civil-date.ts';
import { itemPath, monthPath, sectionPath } from '../model/path.ts';
import type { Site } from '../model/site.ts';
import { listedItems } from './listed-items.ts';
import { markdownExcerpt } from './markdown.ts';
import { type Addressing, alternates, type PageParts, type ShellFrame } from './shell.tsx';
import { agencyName, written } from './written.ts';

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
export const excerptOf = (body: Written): Written => ({ ...body, text: markdownExcerpt(body.text) });

/** The public news by month, newest month and item first. */
export function newsMonths(bulletin: Bulletin): ReadonlyMap<CivilMonth, readonly PublicItem<'news'>[]> {
  const months = new Map<CivilMonth, PublicItem<'news'>[]>();
  for (const item of listedItems(bulletin, 'news')) {
    const month = monthOf(item.content.date);
    const items = months.get(month);
    if (items) items.push(item);
    else months.set(month, [item]);
  }
  return months;
}

/** What the news section's page shows in a language. */
export type NewsView = Omit<Parameters<typeof NewsSection>[0], 'f'>;

/** The newest news and all months. */
export function newsView(site: Site, months: ReturnType<typeof newsMonths>, language: string): NewsView {
  const newest = [...months.values()].flat().slice(0, NEWEST);
  return {
    rows: newest.map((item) => newsRow(site, item, language, { excerpt: true })),
    months: [...months].map(([month, items]) => ({
      month,
      path: monthPath(language, 'news', month),
      count: items.length,
    })),
  };
}

/** The slots of the news section's page. */
export function newsParts(site: Addressing, frame: ShellFrame, view: NewsView): PageParts {
  const f = formatsOf(frame.formats);
  const all = alternates(site, (tag) => sectionPath(tag, 'news'));
  return {
    head: listHead(site, frame, f.strings.news, all),
    languages: all,
    main: <NewsSection {...view} f={f} />,
  };
}

/** What a month's archive shows in a language. */
export type ArchiveView = Omit<Parameters<typeof NewsArchive>[0], 'f'>;

/** All news of a month, with its neighbours; by title only, so that a month of hundreds stays small. */
export function archiveView(
  site: Site,
  months: ReturnType<typeof newsMonths>,
  month: CivilMonth,
  language: string,
): ArchiveView {
  const all = [...months.keys()];
  const i = all.indexOf(month);
  const link = (of: CivilMonth) => ({ month: of, path: monthPath(language, 'news', of) });
  const [newer, older] = [all[i - 1], all[i + 1]];
  return {
    month,
    rows: (months.get(month) ?? []).map((item) => newsRow(site, item, language, { excerpt: false })),
    ...(newer ? { newer: link(newer) } : {}),
    ...(older ? { older: link(older) } : {}),
  };
}

/** The slots of a month's archive. */
export function archiveParts(site: Addressing, frame: ShellFrame, view: ArchiveView): PageParts {
  const f = formatsOf(frame.formats);
  const all = alternates(site, (tag) => monthPath(tag, 'news', view.month));
  const title = fillText(f.strings['news.month'], { month: f.month(view.month) });
  return {
    head: listHead(site, frame, title, all),
    languages: all,
    main: <NewsArchive {...view} f={f} />,
  };
}

const listHead = (
  site: Addressing,
  frame: ShellFrame,
  title: string,
  all: PageParts['head']['alternates'],
): PageParts['head'] => ({
  title: `${title} · ${frame.view.name.text}`,
  origin: site.origin,
  siteName: frame.view.name.text,
  kind: 'website',
  alternates: all,
});
