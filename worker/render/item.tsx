import { Article, type ArticleView, Withdrawn } from '../../client/page/article.tsx';
import { type FormatSettings, formatsOf } from '../../client/page/formats.ts';
import type { Alternate } from '../../client/page/head.tsx';
import type { Bulletin } from '../model/bulletin.ts';
import type { Item, News } from '../model/content.ts';
import type { Instant } from '../model/instant.ts';
import { itemPath, sectionPath } from '../model/path.ts';
import type { Language, Site } from '../model/site.ts';
import { markdownExcerpt, markdownHtml } from './markdown.ts';
import { alternates, type PageParts } from './shell.tsx';
import { agencyName, written } from './written.ts';

/** All that an item's part depends on, in one language. */
export type ItemView = {
  readonly formats: FormatSettings;
  readonly origin: string;
  readonly siteName: string;
  readonly alternates: readonly Alternate[];
} & (
  | { readonly kind: 'article'; readonly article: ArticleView }
  | { readonly kind: 'withdrawn'; readonly at?: Instant; readonly reason?: string; readonly all: string }
);

/** What the page of a news item shows: the item, or that it was withdrawn. */
export function itemView({ site }: Pick<Bulletin, 'site'>, item: Item<'news'>, language: Language): ItemView {
  const { tag } = language;
  const all = sectionPath(tag, 'news');
  const frame = {
    formats: { ...language, timeZone: site.timeZone },
    origin: site.origin,
    siteName: written(site.name, tag, site).text,
    alternates: alternates(site, (of) => itemPath(of, 'news', item.id)),
  };
  const { content, withdrawal } = item;
  if (withdrawal) return { ...frame, kind: 'withdrawn', at: withdrawal.at, reason: withdrawal.reason, all };
  if (content === null) return { ...frame, kind: 'withdrawn', all };
  return { ...frame, kind: 'article', article: articleView(site, item, content, tag) };
}

const articleView = (site: Site, item: Item<'news'>, content: News, tag: string): ArticleView => ({
  title: written(content.title, tag, site),
  body: written(content.body, tag, site),
  date: content.date,
  agency: agencyName(site, item.agency, tag),
  publishedAt: item.publishedAt,
  ...(item.updatedAt === item.publishedAt ? {} : { updatedAt: item.updatedAt }),
  ...(content.breaking ? { breakingUntil: content.breaking.until } : {}),
  sources: content.source ?? [],
  all: sectionPath(tag, 'news'),
});

/** The slots of an item's page. */
export function itemPageParts(view: ItemView): PageParts {
  const f = formatsOf(view.formats);
  const { origin, siteName } = view;
  if (view.kind === 'withdrawn')
    return {
      // A page that is gone has no address to be found by, but the switch still leads to its translations.
      head: {
        title: `${f.strings['withdrawn.title']} · ${siteName}`,
        origin,
        siteName,
        kind: 'website',
        alternates: [],
      },
      languages: view.alternates,
      main: (
        <Withdrawn
          all={view.all}
          f={f}
          {...(view.at === undefined ? {} : { at: view.at })}
          {...(view.reason === undefined ? {} : { reason: view.reason })}
        />
      ),
    };
  const { article } = view;
  return {
    head: {
      title: `${article.title.text} · ${siteName}`,
      description: markdownExcerpt(article.body.text),
      origin,
      siteName,
      kind: 'article',
      alternates: view.alternates,
    },
    languages: view.alternates,
    main: <Article view={article} bodyHtml={markdownHtml(article.body.text)} f={f} />,
  };
}
