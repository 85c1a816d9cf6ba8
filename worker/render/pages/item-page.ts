import type { VNode } from 'preact';
import type { Formats } from '../../../client/page/parts/formats.ts';
import type { ArticleView } from '../../../client/page/sections/article.tsx';
import type { SentenceKey } from '../../../client/strings/ar.ts';
import type { Bulletin, PublicItem } from '../../model/bulletin.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import { type ContentOf, headingOf, type Paged } from '../../model/collections/registry.ts';
import { sectionPath } from '../../model/path.ts';
import type { Site } from '../../model/site.ts';
import type { Source } from '../../model/validation/fields.ts';
import type { Texts } from '../../model/validation/text.ts';
import type { Audience } from '../../pack/format.ts';
import { agencyName, localize } from '../views/localize.ts';

/** The page of an item of a collection. */
export type ItemPage<C extends Paged> = {
  /** The words of the way to all items of the collection. */
  readonly allKey: SentenceKey;
  /** The text of an item's content, Markdown as it was written. */
  readonly text: (content: ContentOf[C]) => Texts;
  /** What every item's page shows, in a language. */
  readonly article: (site: Site, item: PublicItem<C>, language: string) => ArticleView;
  /** The main part of the page. */
  readonly main: (bulletin: Bulletin, item: PublicItem<C>, view: ArticleView, f: Formats) => VNode;
  /** What the page shows of other items, as a text that changes with it; left out where it shows nothing of any. */
  readonly relations?: (bulletin: Bulletin, item: PublicItem<C>) => string;
  /** What an item has beside its page, by name, such as XML; a withdrawn item has none of it. */
  readonly representations?: { readonly [name: string]: Representation<C> };
};

/** What an item has beside its page, at a path of its own. */
export type Representation<C extends Paged> = {
  /** With `{id}`, and with `{language}` where it differs by language, such as `/{language}/news/{id}.xml`. */
  readonly path: `/${string}`;
  /** The Content-Type, with its charset. */
  readonly type: string;
  readonly audience: Audience;
  /** Pure. `language` is the site's default one where the path has none. */
  readonly render: (bulletin: Bulletin, item: PublicItem<C>, language: string) => string | Uint8Array;
};

/** What the page of an item shows: its heading, and what else its content says. */
export function articleView<C extends Paged>(
  site: Site,
  item: PublicItem<C>,
  language: string,
  says: { readonly text: Texts; readonly date: CivilDate; readonly source?: readonly Source[] },
): ArticleView {
  const { collection, content, agency, publishedAt, updatedAt } = item;
  return {
    title: localize(headingOf(collection, content).text, language, site),
    body: localize(says.text, language, site),
    date: says.date,
    agency: agencyName(site, agency, language),
    publishedAt,
    ...(updatedAt === publishedAt ? {} : { updatedAt }),
    sources: says.source ?? [],
    allPath: sectionPath(language, collection),
  };
}
