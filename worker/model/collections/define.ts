import type * as v from 'valibot';
import { ascending } from '../ascending.ts';
import type { CivilDate } from '../civil-date.ts';
import type { Instant } from '../instant.ts';
import type { MetricId } from '../site.ts';
import type { Texts, TextsSchema } from '../validation/text.ts';

/** The names of a content's fields. */
type Field<Content> = keyof Content & string;
/** The names of a content's fields that hold a text in the site's languages. */
type TextField<Content> = {
  [F in Field<Content>]: Content[F] extends Texts | undefined ? F : never;
}[Field<Content>];
/** The names of a content's required fields that hold a text in the site's languages. */
type HeadingField<Content> = {
  [F in Field<Content>]: Content[F] extends Texts ? (Content[F] extends undefined ? never : F) : never;
}[Field<Content>];

/** The fields of an item that decide its place in a list. */
export type Sortable<Content> = {
  readonly id: string;
  readonly publishedAt: Instant;
  readonly content: Content | null;
};

/**
 * How one fact of a seed's file becomes a field of the content. `text`: as it is. `number`: as a number. `file`: as the
 * id of the item of the named file. An object: as field `as` of the object in field `within`.
 */
export type FactForm = 'text' | 'number' | 'file' | { readonly within: string; readonly as: string };

/** The form of a collection in the seed: one Markdown file for each item, or one JSON list. */
export type SeedForm<Fields extends string = string> =
  | {
      readonly kind: 'files';
      /** Names and forms of the facts at the top of a file, beside `agency`, `publishedAt` and `source`. */
      readonly facts: { readonly [name: string]: FactForm };
      /** Fields of one line in each language, above the heading. */
      readonly words: readonly Fields[];
      /** The field after `# `. */
      readonly heading: Fields;
      /** The field of the text after the heading, or several fields, each under a heading such as `## open`. */
      readonly text: Fields | readonly Fields[];
    }
  | { readonly kind: 'list' };

/** The properties of a collection beside its schema. */
export type Traits<Content> = {
  /**
   * Where readers find its items. `items`: on a section page, and each item on a page of its own. `section`: on a
   * section page, at `#{collection}-{id}`. `home`: on the home page, at `#{collection}`. `data`: on the data page, at
   * `#{collection}-{id}`.
   */
  readonly pages: 'items' | 'section' | 'home' | 'data';
  /**
   * Set if its items are facts about figures: who reports the metric in their field `metric` may publish them, under the
   * scope `figures`, and no right names them.
   */
  readonly about?: Content extends { readonly metric: MetricId } ? 'figures' : never;
  /** Whether its items are archived by month. Only items with a `date` can be. */
  readonly months: Content extends { readonly date: CivilDate } ? boolean : false;
  /** The order of its lists. */
  readonly compare: (a: Sortable<Content>, b: Sortable<Content>) => number;
  /** The field that names an item. */
  readonly heading: HeadingField<Content>;
  /** Whether pages quote the heading, because others say it: a list of claims must not read like facts. */
  readonly quoted: boolean;
  /** The fields whose change is a correction that the public record keeps. */
  readonly corrected: 'every field' | readonly Field<Content>[];
  readonly seed: SeedForm<TextField<Content>>;
  /**
   * Converts a content of an older schema to today's. The ledger keeps every content as it was published, so a schema
   * that changes needs this. A content of today's schema stays as it is.
   */
  readonly upgrade?: (content: Content) => Content;
};

/**
 * Declares a collection: its schema, from which the type of its content is inferred, and its traits.
 * To add a collection, add a file beside this one and an entry in `registry.ts`.
 */
export const defineCollection = <Content extends object, const T extends Traits<Content>>(
  schema: (texts: TextsSchema) => v.GenericSchema<unknown, Content>,
  traits: T,
) => ({ schema, traits });

const serial = (item: { readonly id: string }): number => Number(item.id);

/** Newest first: by date, then by publication, then by id, so that no two items are equal. */
export function newestFirst<Content extends { readonly date: CivilDate }>(
  a: Sortable<Content>,
  b: Sortable<Content>,
): number {
  const dateOf = ({ content }: Sortable<Content>): string => content?.date ?? '';
  return ascending(dateOf(b), dateOf(a)) || ascending(b.publishedAt, a.publishedAt) || serial(b) - serial(a);
}

/** By `order`, items without `order` last; then oldest first, by publication and id. */
export function byOrder<Content extends { readonly order?: number }>(
  a: Sortable<Content>,
  b: Sortable<Content>,
): number {
  const orderOf = ({ content }: Sortable<Content>): number => content?.order ?? Number.POSITIVE_INFINITY;
  return (
    ascending(orderOf(a), orderOf(b)) || ascending(a.publishedAt, b.publishedAt) || serial(a) - serial(b)
  );
}
