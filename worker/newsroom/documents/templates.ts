import type { Bulletin, Moment } from '../../model/bulletin.ts';
import type { Item } from '../../model/item.ts';
import type { Part, Shell } from '../../pack/format.ts';
import type { Document, RenderedRepresentation, RepresentationPaths } from '../../render/document.ts';

/** What is rendered of one language. */
type InLanguage<T> = { readonly language: string; render(): T };
/** The same, rendered again only when its stamp changes. */
type Stamped<T> = InLanguage<T> & { readonly stamp: string };

/** What the rendering room gives, as the Newsroom uses it. A deploy brings other templates. */
export type Templates = {
  /** Changes with anything that may change a rendered byte. */
  readonly templateVersion: string;
  /** The Content-Security-Policy of the pages. */
  readonly policy: string;
  /** Every document with a path of its own. */
  documents(bulletin: Bulletin, moment: Moment): readonly Document[];
  /** The shell of each language, which pages that rest without it are joined with. */
  shells(bulletin: Bulletin, moment: Moment): readonly Stamped<Shell>[];
  /** Each language's shell with nothing in it but settings, so that it holds as long as these do. */
  plainShells(bulletin: Bulletin, moment: Moment): readonly InLanguage<Shell>[];
  /** The page of an address that is not there. */
  notFoundPages(bulletin: Bulletin, moment: Moment): readonly Stamped<string>[];
  /** The page that says something can't be read just now, its slot the seconds until it asks again; and its policy. */
  unavailablePages(bulletin: Bulletin): readonly Stamped<Shell>[];
  readonly unavailablePolicy: string;
  /** The parts of an item's pages. */
  itemParts(bulletin: Bulletin, item: Item): readonly InLanguage<Part>[];
  /** What these show of other items: a text that changes with it. */
  itemRelations(bulletin: Bulletin, item: Item): string;
  /** What an item has beside its page, in all languages. */
  itemRepresentations(bulletin: Bulletin, item: Item): readonly RenderedRepresentation[];
  /** The paths of these by collection and name, with `{id}` and, where it differs by language, `{language}`. */
  readonly representationPaths: RepresentationPaths;
  /** What stands in the place of an item's parts that can't be rendered, so that no link leads to nothing. */
  plainParts(bulletin: Bulletin, item: Item): readonly InLanguage<Part>[];
  /**
   * What stands in the place of a page that can't be rendered and never was, in the form it is stored in: the page, or its
   * part as JSON where it is joined with a shell. Null for a document that is no page.
   */
  plainPage(bulletin: Bulletin, moment: Moment, document: Document): string | null;
};
