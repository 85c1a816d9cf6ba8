import type { VNode } from 'preact';
import type { Formats } from '../../../client/page/parts/formats.ts';
import type { ArticleView } from '../../../client/page/sections/article.tsx';
import type { SentenceKey } from '../../../client/strings/ar.ts';
import type { Bulletin, PublicItem } from '../../model/bulletin.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import { type ContentOf, headingOf, type Paged } from '../../model/collections/registry.ts';
import { jsonListPath, sectionPath } from '../../model/path.ts';
import type { Site } from '../../model/site.ts';
import type { Source } from '../../model/validation/fields.ts';
import type { Texts } from '../../model/validation/text.ts';
import type { Audience } from '../../pack/format.ts';
import { agencyName, localize } from '../views/localize.ts';
import { bodyWithin } from '../views/page-room.ts';
import { sourcesWithin } from '../views/provenance.ts';

/** How the page of a collection's items is built. */
export type ItemPage<C extends Paged> = {
  /** The text of the link to all items of the collection. */
  readonly allKey: SentenceKey;
  /** The main text of an item, Markdown as staff wrote it. */
  readonly text: (content: ContentOf[C]) => Texts;
  /** The view that all items' pages have in common, in a language. */
  readonly article: (site: Site, item: PublicItem<C>, language: string) => ArticleView;
  /** The main part of the page. */
  readonly main: (bulletin: Bulletin, item: PublicItem<C>, view: ArticleView, f: Formats) => VNode;
  /** A stamp of what the page shows of other items; left out if it shows nothing of them. */
  readonly relations?: (bulletin: Bulletin, item: PublicItem<C>) => string;
  /** The item's representations, by name, such as `xml`. A withdrawn item has none. */
  readonly representations?: { readonly [name: string]: Representation<C> };
};

/** An item page for each collection that has them. */
export type ItemPages = { readonly [C in Paged]: ItemPage<C> };

/** A form of an item beside its page, at its own path. */
export type Representation<C extends Paged> = {
  /** Has `{id}`, and `{language}` if the representation differs by language, such as `/{language}/news/{id}.xml`. */
  readonly path: `/${string}`;
  /** The Content-Type, with its charset. */
  readonly type: string;
  readonly audience: Audience;
  /**
   * Pure. `language` is the site's default one if the path has no `{language}`. The settings are only those that items'
   * pages show: see `views/item-site.ts`.
   */
  readonly render: (bulletin: Bulletin, item: PublicItem<C>, language: string) => string | Uint8Array;
};

/** The view of an item's page: the item's heading, the given fields of its content, its agency and times. */
export function articleView<C extends Paged>(
  site: Site,
  item: PublicItem<C>,
  language: string,
  fields: { readonly text: Texts; readonly date: CivilDate; readonly source?: readonly Source[] },
): ArticleView {
  const { collection, content, agency, publishedAt, updatedAt } = item;
  const whole = localize(fields.text, language, site);
  const body = bodyWithin(whole);
  const { source = [] } = fields;
  const sources = sourcesWithin(source);
  return {
    title: localize(headingOf(collection, content).text, language, site),
    body,
    ...(body === whole && sources.length === source.length ? {} : { rest: jsonListPath(collection) }),
    date: fields.date,
    agency: agencyName(site, agency, language),
    publishedAt,
    ...(updatedAt === publishedAt ? {} : { updatedAt }),
    sources,
    allPath: sectionPath(language, collection),
  };
}
