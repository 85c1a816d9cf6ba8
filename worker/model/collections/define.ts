import type * as v from 'valibot';
import type { CivilDate } from '../civil-date.ts';
import type { Instant } from '../instant.ts';
import type { Texts, TextsSchema } from '../validation/text.ts';

/** The names of a content's fields. */
type Field<Content> = keyof Content & string;
/** The names of a content's fields that hold a text in the site's languages. */
type TextField<Content> = {
  [F in Field<Content>]: Content[F] extends Texts | undefined ? F : never;
}[Field<Content>];
/** The names of a content's fields that hold such a text always. */
type HeadingField<Content> = {
  [F in Field<Content>]: Content[F] extends Texts ? (Content[F] extends undefined ? never : F) : never;
}[Field<Content>];

/** What an order is decided by: an item, as far as every collection has the same. */
export type Placed<Content> = {
  readonly id: string;
  readonly publishedAt: Instant;
  readonly content: Content | null;
};

/** How one fact of a seed's file becomes a field: as its text, as a number, as the id of the item of another file. */
export type FactForm = 'text' | 'number' | 'file' | { readonly within: string; readonly as: string };

/** How the seed writes a collection: one Markdown file an item, or one JSON list. */
export type SeedForm<Fields extends string = string> =
  | {
      readonly kind: 'files';
      /** What is said once, above the languages, beside `agency`, `publishedAt` and `source`: name and form. */
      readonly facts: { readonly [name: string]: FactForm };
      /** What is said in a line of each language, above its heading. */
      readonly words: readonly Fields[];
      /** What stands after `# `. */
      readonly heading: Fields;
      /** What follows the heading: one text, or one under each heading such as `## open`. */
      readonly text: Fields | readonly Fields[];
    }
  | { readonly kind: 'list' };

/** All that a collection is beside its schema. */
export type Traits<Content> = {
  /**
   * Where its items are read. `items`: a section page, and a page of its own for each item. `section`: on the section's
   * page, under `#{collection}-{id}`. `home`: on the home page, under `#{collection}`.
   */
  readonly pages: 'items' | 'section' | 'home';
  /** Whether its items are archived by month, which takes a date. */
  readonly months: Content extends { readonly date: CivilDate } ? boolean : false;
  /** The order it is listed in. */
  readonly compare: (a: Placed<Content>, b: Placed<Content>) => number;
  /** What an item is called by. */
  readonly heading: HeadingField<Content>;
  /** Whether that is what others say, which is quoted wherever it stands: a list of claims must not read as facts. */
  readonly quoted: boolean;
  /** The fields whose change is a correction that the public record keeps. */
  readonly corrected: 'every field' | readonly Field<Content>[];
  readonly seed: SeedForm<TextField<Content>>;
  /**
   * The content of today that an older one stands for, where the schema has changed since: the ledger keeps every content
   * as it was published. It gives a content of today as it is.
   */
  readonly upgrade?: (content: Content) => Content;
};

/**
 * A collection: its schema in a site's languages, from which its type is inferred, and its traits.
 * A collection is added by a file beside this one and a row in `registry.ts`.
 */
export const defineCollection = <Content extends object, const T extends Traits<Content>>(
  schema: (texts: TextsSchema) => v.GenericSchema<unknown, Content>,
  traits: T,
) => ({ schema, traits });

const serial = (item: { readonly id: string }): number => Number(item.id);
const ascending = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By date, then publication, newest first. Ids settle what is still equal, so that no order is left to chance. */
export function newestFirst<Content extends { readonly date: CivilDate }>(
  a: Placed<Content>,
  b: Placed<Content>,
): number {
  const dateOf = ({ content }: Placed<Content>): string => content?.date ?? '';
  return ascending(dateOf(b), dateOf(a)) || ascending(b.publishedAt, a.publishedAt) || serial(b) - serial(a);
}

/** By `order`, those without one last, then oldest first. */
export function byOrder<Content extends { readonly order?: number }>(
  a: Placed<Content>,
  b: Placed<Content>,
): number {
  const orderOf = ({ content }: Placed<Content>): number => content?.order ?? Number.POSITIVE_INFINITY;
  const [x, y] = [orderOf(a), orderOf(b)];
  return (x < y ? -1 : x > y ? 1 : 0) || ascending(a.publishedAt, b.publishedAt) || serial(a) - serial(b);
}
