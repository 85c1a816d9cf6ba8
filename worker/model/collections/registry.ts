import * as v from 'valibot';
import { keysOf } from '../entries.ts';
import type { Site } from '../site.ts';
import { jsonForm } from '../validation/json-form.ts';
import { type Texts, type TextsSchema, textsIn } from '../validation/text.ts';
import { contacts } from './contacts.ts';
import { decisions } from './decisions.ts';
import type { SeedForm, Sortable, Traits } from './define.ts';
import { faq } from './faq.ts';
import { guidance } from './guidance.ts';
import { news } from './news.ts';
import { plan } from './plan.ts';
import { remarks } from './remarks.ts';
import { rumours } from './rumours.ts';

/** Every collection, in the order of the API and the pages. Everything else about collections derives from this. */
const REGISTRY = { news, decisions, faq, guidance, plan, rumours, contacts, remarks } as const;

export type Collection = keyof typeof REGISTRY;
/** The content of each collection, inferred from its schema. */
export type ContentOf = {
  readonly [C in Collection]: v.InferOutput<ReturnType<(typeof REGISTRY)[C]['schema']>>;
};
export type Content = ContentOf[Collection];
/** The name of a field of any collection's content. */
export type FieldName = { [C in Collection]: keyof ContentOf[C] & string }[Collection];

export const COLLECTIONS: readonly Collection[] = keysOf(REGISTRY);

/** Whether a text names a collection. */
export const isCollection = (text: string): text is Collection => Object.hasOwn(REGISTRY, text);

type With<Trait extends 'pages' | 'months', Value> = {
  [C in Collection]: (typeof REGISTRY)[C]['traits'][Trait] extends Value ? C : never;
}[Collection];

/** The collections whose items have a page of their own. */
export type Paged = With<'pages', 'items'>;
/** The collections with a section page. */
export type Sectioned = With<'pages', 'items' | 'section'>;
/** The collections whose items are archived by month. */
export type Monthly = With<'months', true>;
/** The collections whose items are facts about figures. */
export type AboutFigures = {
  [C in Collection]: (typeof REGISTRY)[C]['traits'] extends { readonly about: 'figures' } ? C : never;
}[Collection];

type Definition<C extends Collection> = {
  readonly schema: (texts: TextsSchema) => v.GenericSchema<unknown, ContentOf[C]>;
  readonly traits: Traits<ContentOf[C]>;
};

const DEFINITIONS: { readonly [C in Collection]: Definition<C> } = REGISTRY;

/** Whether items of a collection have a page of their own, `/{lang}/{collection}/{id}`. */
export const hasPermalinks = (collection: Collection): collection is Paged =>
  DEFINITIONS[collection].traits.pages === 'items';

/** Whether a collection has a section page, `/{lang}/{collection}/`. */
export const hasSection = (collection: Collection): collection is Sectioned =>
  DEFINITIONS[collection].traits.pages === 'items' || DEFINITIONS[collection].traits.pages === 'section';

/** Whether items of a collection are on the data page, beside their metric. */
export const isOnDataPage = (collection: Collection): boolean =>
  DEFINITIONS[collection].traits.pages === 'data';

/** Whether items of a collection are facts about figures: see `Traits`. */
export const isAboutFigures = (collection: Collection): collection is AboutFigures =>
  DEFINITIONS[collection].traits.about === 'figures';

/** Whether items of a collection are archived by month, `/{lang}/{collection}/{yyyy-mm}/`. */
export const hasMonths = (collection: Collection): collection is Monthly =>
  DEFINITIONS[collection].traits.months;

/** The order of a collection's lists, which `docs/contract.md` promises. */
export const compareItems = <C extends Collection>(
  collection: C,
): ((a: Sortable<ContentOf[C]>, b: Sortable<ContentOf[C]>) => number) =>
  DEFINITIONS[collection].traits.compare;

/** The heading of an item: its field, its text, and whether pages quote it (see `Traits`). */
export function headingOf<C extends Collection>(
  collection: C,
  content: ContentOf[C],
): { readonly field: string; readonly text: Texts; readonly quoted: boolean } {
  const { heading, quoted } = DEFINITIONS[collection].traits;
  // `Traits` allows only a field of type `Texts` as the heading.
  return { field: heading, text: Reflect.get(content, heading) as Texts, quoted };
}

/** Whether a change of these fields is a correction. */
export function isCorrected(collection: Collection, fields: readonly string[]): boolean {
  const { corrected }: { readonly corrected: 'every field' | readonly string[] } =
    DEFINITIONS[collection].traits;
  return corrected === 'every field' ? fields.length > 0 : fields.some((field) => corrected.includes(field));
}

/** A content of the ledger in today's schema: unchanged, unless the schema has changed since its publication. */
export const upgraded = <C extends Collection>(collection: C, content: ContentOf[C]): ContentOf[C] =>
  DEFINITIONS[collection].traits.upgrade?.(content) ?? content;

/** The form of a collection's files in the seed. */
export const seedFormOf = (collection: Collection): SeedForm => DEFINITIONS[collection].traits.seed;

/** The name of the schema of a collection's content in `openapi.json`: `NewsContent` for `news`. */
export const contentName = (collection: Collection): string => `${capitalized(collection)}Content`;

const capitalized = (text: string): string => `${text[0]?.toUpperCase()}${text.slice(1)}`;

/** The schema of a collection's content, for a site's languages. Unknown fields are faults. */
export function contentSchema<C extends Collection>(
  collection: C,
  { languages, defaultLanguage }: Pick<Site, 'languages' | 'defaultLanguage'>,
): v.GenericSchema<unknown, ContentOf[C]> {
  const tags = languages.map(({ tag }) => tag);
  const schema = DEFINITIONS[collection].schema((max) => textsIn(tags, defaultLanguage, max));
  return v.pipe(schema, jsonForm({}, contentName(collection)));
}
