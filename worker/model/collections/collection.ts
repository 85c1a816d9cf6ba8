import type { Texts } from '../validation/text.ts';
import type { Collection, Content, Item } from './content.ts';

type Traits = {
  /** Items have a page of their own, `/{lang}/{collection}/{id}`. */
  readonly permalinks: boolean;
  /** Items are archived by month, `/{lang}/{collection}/{yyyy-mm}/`. */
  readonly months: boolean;
  /** `newest`: by date, then publication, newest first. `order`: by `order`, those without one last, oldest first. */
  readonly sorted: 'newest' | 'order';
};

/** What each collection is like: the table a new collection is added to, beside its content and schema. */
const TRAITS = {
  news: { permalinks: true, months: true, sorted: 'newest' },
  decisions: { permalinks: true, months: true, sorted: 'newest' },
  faq: { permalinks: false, months: false, sorted: 'order' },
  guidance: { permalinks: false, months: false, sorted: 'order' },
  plan: { permalinks: false, months: false, sorted: 'order' },
  rumours: { permalinks: true, months: false, sorted: 'newest' },
  contacts: { permalinks: false, months: false, sorted: 'order' },
} as const satisfies Record<Collection, Traits>;

/** The collections, in the order the API and the pages name them. */
export const COLLECTIONS = Object.keys(TRAITS) as readonly Collection[];

/** Whether a text names a collection. */
export const isCollection = (text: string): text is Collection => Object.hasOwn(TRAITS, text);

/** The collections that have a trait. */
type With<T extends 'permalinks' | 'months'> = {
  [C in Collection]: (typeof TRAITS)[C][T] extends true ? C : never;
}[Collection];

/** The collections whose items have a page of their own. */
export type Paged = With<'permalinks'>;
/** The collections whose items are archived by month. */
export type Monthly = With<'months'>;

/** Whether items of a collection have a page of their own. */
export const hasPermalinks = (collection: Collection): collection is Paged => TRAITS[collection].permalinks;

/** Whether items of a collection are archived by month. */
export const hasMonths = (collection: Collection): collection is Monthly => TRAITS[collection].months;

/** The order a collection is listed in, as the contract has it. */
export const compareItems = <C extends Collection>(collection: C): ((a: Item<C>, b: Item<C>) => number) =>
  TRAITS[collection].sorted === 'order' ? compareByOrder : compareNewestFirst;

/** What an item is called: its title, claim, question or name. */
export function headingOf(content: Content): { readonly field: string; readonly text: Texts } {
  if ('title' in content) return { field: 'title', text: content.title };
  if ('claim' in content) return { field: 'claim', text: content.claim };
  if ('question' in content) return { field: 'question', text: content.question };
  return { field: 'name', text: content.name };
}

const serial = (item: Item): number => Number(item.id);

// Ids settle what is still equal, so that an order is never left to chance.
function compareNewestFirst(a: Item, b: Item): number {
  const dateOf = (i: Item) => (i.content && 'date' in i.content ? i.content.date : '');
  return compare(dateOf(b), dateOf(a)) || compare(b.publishedAt, a.publishedAt) || serial(b) - serial(a);
}

function compareByOrder(a: Item, b: Item): number {
  const orderOf = (i: Item) =>
    i.content && 'order' in i.content && i.content.order !== undefined
      ? i.content.order
      : Number.POSITIVE_INFINITY;
  const [x, y] = [orderOf(a), orderOf(b)];
  return (x < y ? -1 : x > y ? 1 : 0) || compare(a.publishedAt, b.publishedAt) || serial(a) - serial(b);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
