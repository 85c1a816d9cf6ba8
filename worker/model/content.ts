import * as v from 'valibot';
import { type CivilDate, monthOf } from './civil-date.ts';
import { exactObject } from './exact-object.ts';
import { type Instant, parseInstant } from './instant.ts';
import { civilDate, type Site, webAddress } from './site.ts';
import { line, MAX_BODY, MAX_TITLE, type Texts, textsIn } from './text.ts';

/** Where something is known from. `url` is http or https. */
export type Source = { readonly url: string; readonly title?: string };

/** A news item. Breaking until an instant, if it is. `date` is the day it tells of. */
export type News = {
  readonly title: Texts;
  readonly body: Texts;
  readonly date: CivilDate;
  readonly breaking?: { readonly until: Instant };
  readonly source?: readonly Source[];
};

/** Whom to call or write to. */
export type Contact = {
  readonly name: Texts;
  readonly kind: 'hotline' | 'fund' | 'agency' | 'other';
  readonly phone?: string;
  readonly url?: string;
  readonly hours?: Texts;
  readonly order?: number;
};

/** The content of each collection: the one table a new collection is added to. */
export type ContentOf = { readonly news: News; readonly contacts: Contact };
export type Collection = keyof ContentOf;
export type Content = ContentOf[Collection];

/** Id of an item: a serial number in its collection, from 1, as text. Given at first publication, never used again. */
export type ItemId = string & { readonly brand: 'ItemId' };

/** A published item. `version` counts from 1. `content` is null once the operator has erased it. */
export type Item<C extends Collection = Collection> = {
  readonly collection: C;
  readonly id: ItemId;
  readonly version: number;
  readonly agency: string;
  readonly createdAt: Instant;
  readonly publishedAt: Instant;
  readonly updatedAt: Instant;
  readonly content: ContentOf[C] | null;
  /** Set once the item is withdrawn: it leaves the lists and its permalink answers 410. */
  readonly withdrawal?: { readonly at: Instant; readonly reason: string };
};

/** The collections, in the order the API and the pages name them. */
export const COLLECTIONS = ['news', 'contacts'] as const satisfies readonly Collection[];

/** Whether a text names a collection. */
export const isCollection = (text: string): text is Collection =>
  (COLLECTIONS as readonly string[]).includes(text);

/** Whether items of a collection have a page of their own (`/{lang}/{collection}/{id}`) and monthly archives. */
export const hasPermalinks = (collection: Collection): boolean => collection === 'news';

/** The id a text writes, or null: digits without a leading zero, at most 15 of them. */
export const parseItemId = (text: string): ItemId | null =>
  /^[1-9]\d{0,14}$/.test(text) ? (text as ItemId) : null;

const source = v.pipe(
  v.array(exactObject({ url: webAddress, title: v.exactOptional(line(MAX_TITLE)) }), 'must be a list'),
  v.maxLength(50, 'must be at most 50 sources'),
);

const instant = v.pipe(
  v.string('must be an instant'),
  v.check(
    (s) => parseInstant(s) !== null,
    'must be an instant with its offset, such as 2021-08-03T14:00:00Z',
  ),
  v.transform((s) => parseInstant(s) as Instant),
);

const order = v.pipe(v.number('must be a whole number'), v.safeInteger('must be a whole number'));

/** Schema of a collection's content, in a site's languages. Unknown fields are faults. */
export function contentSchema<C extends Collection>(
  collection: C,
  site: Site,
): v.GenericSchema<unknown, ContentOf[C]> {
  const texts = (max: number) =>
    textsIn(
      site.languages.map((l) => l.tag),
      site.defaultLanguage,
      max,
    );
  const schemas = {
    news: exactObject({
      title: texts(MAX_TITLE),
      body: texts(MAX_BODY),
      date: civilDate,
      breaking: v.exactOptional(exactObject({ until: instant })),
      source: v.exactOptional(source),
    }),
    contacts: exactObject({
      name: texts(MAX_TITLE),
      kind: v.picklist(['hotline', 'fund', 'agency', 'other'], 'must be hotline, fund, agency or other'),
      phone: v.exactOptional(
        v.pipe(line(40), v.regex(/^\+?[0-9*#][0-9 ()*#-]*$/, 'must be a telephone number')),
      ),
      url: v.exactOptional(webAddress),
      hours: v.exactOptional(texts(MAX_TITLE)),
      order: v.exactOptional(order),
    }),
  };
  return schemas[collection] as unknown as v.GenericSchema<unknown, ContentOf[C]>;
}

/** The order a collection is listed in, as the contract has it. */
export function compareItems<C extends Collection>(collection: C): (a: Item<C>, b: Item<C>) => number {
  return collection === 'contacts' ? compareByOrder : compareNewestFirst;
}

/** The month a dated item is archived under, or null for content without a date. */
export const archiveMonth = (item: Item) =>
  item.content && 'date' in item.content ? monthOf(item.content.date) : null;

const serial = (item: Item): number => Number(item.id);

// news, decisions, rumours: by date, then publishedAt, newest first; ids settle what is still equal.
function compareNewestFirst(a: Item, b: Item): number {
  const dateOf = (i: Item) => (i.content && 'date' in i.content ? i.content.date : '');
  return compare(dateOf(b), dateOf(a)) || compare(b.publishedAt, a.publishedAt) || serial(b) - serial(a);
}

// faq, guidance, contacts: by `order` (those without one last), then oldest first.
function compareByOrder(a: Item, b: Item): number {
  const orderOf = (i: Item) =>
    i.content && 'order' in i.content && i.content.order !== undefined
      ? i.content.order
      : Number.POSITIVE_INFINITY;
  const [x, y] = [orderOf(a), orderOf(b)];
  return (x < y ? -1 : x > y ? 1 : 0) || compare(a.publishedAt, b.publishedAt) || serial(a) - serial(b);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
