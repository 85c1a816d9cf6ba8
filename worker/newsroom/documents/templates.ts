import type { Bulletin, Moment } from '../../model/bulletin.ts';
import type { Item } from '../../model/item.ts';
import type { Entry, Sha256 } from '../../model/ledger.ts';
import type { Part, Shell } from '../../pack/format.ts';
import type { Document, RenderedRepresentation, RepresentationPaths } from '../../render/document.ts';
import type { SizeBounds } from './size-bounds.ts';

/** Something that is rendered for one language. */
type InLanguage<T> = { readonly language: string; render(): T };
/** The same, rendered again only when its stamp changes. */
type Stamped<T> = InLanguage<T> & { readonly stamp: string };

/** What the Newsroom uses of the rendering room. A deploy brings other templates. */
export type Templates = {
  /** Changes whenever a rendered byte may change. */
  readonly templateVersion: string;
  /** The most bytes that what is rendered may have. */
  readonly bounds: SizeBounds;
  /** The Content-Security-Policy of the pages. */
  readonly policy: string;
  /** Every document with a path of its own. */
  documents(bulletin: Bulletin, moment: Moment): readonly Document[];
  /** The shell of each language. Pages that are stored as parts are joined with it. */
  shells(bulletin: Bulletin, moment: Moment): readonly Stamped<Shell>[];
  /** The shell of each language with the settings only: valid until the settings change. */
  plainShells(bulletin: Bulletin, moment: Moment): readonly InLanguage<Shell>[];
  /** The page for a path that does not exist. */
  notFoundPages(bulletin: Bulletin, moment: Moment): readonly Stamped<string>[];
  /** The page that says that something can't be read just now. Its slot: the seconds until the page tries again. */
  unavailablePages(bulletin: Bulletin): readonly Stamped<Shell>[];
  /** The Content-Security-Policy of that page. */
  readonly unavailablePolicy: string;
  /** A text that changes whenever the settings change that items' parts and representations show. */
  itemSettings(bulletin: Bulletin): string;
  /** The parts of an item's pages. */
  itemParts(bulletin: Bulletin, item: Item): readonly InLanguage<Part>[];
  /** A text that changes whenever what an item's page shows of other items changes. */
  itemRelations(bulletin: Bulletin, item: Item): string;
  /** The representations of an item beside its page, in all languages. */
  itemRepresentations(bulletin: Bulletin, item: Item): readonly RenderedRepresentation[];
  /** The paths of representations, by collection and name, with `{id}` and, if they differ by language, `{language}`. */
  readonly representationPaths: RepresentationPaths;
  /** Plain parts in place of an item's parts that can't be rendered, so that no link is broken. */
  plainParts(bulletin: Bulletin, item: Item): readonly InLanguage<Part>[];
  /** Bare parts in place of plain parts that can't be rendered either: little more than a title. Never throws. */
  bareParts(bulletin: Bulletin, item: Item): readonly InLanguage<Part>[];
  /** A page of the public ledger: entries, oldest first, and the path of the page of older ones. */
  ledgerPage(bulletin: Bulletin, entries: readonly Entry[], next: string | null, sha256: Sha256): string;
  /** Changes whenever a page of the public ledger may have other bytes for the same entries. */
  readonly ledgerForm: number;
  /**
   * A plain page in place of a page that could never be rendered, in its stored form: the page, or its part as JSON if it is
   * joined with a shell. Null for a document that is not a page.
   */
  plainPage(bulletin: Bulletin, moment: Moment, document: Document): string | null;
};
