import type { Collection, ContentOf } from '../../worker/model/collections/content.ts';

/** Collections whose items are written as text, one a file. Contacts are a list, in JSON. */
export type Written = Exclude<Collection, 'contacts'>;

/** How the file of an item is written. Names are those of the fields of its content. */
export type Form = FormOf<string>;

type FormOf<Field extends string> = {
  /** What is said once, above the languages, beside `agency`, `publishedAt` and `source`. */
  readonly facts: readonly (Field | 'breakingUntil')[];
  /** What is said in a line of each language, above its heading. */
  readonly words: readonly Field[];
  /** What stands after `# `. */
  readonly heading: Field;
  /** What follows the heading: one text, or one under each heading such as `## open`. */
  readonly text: Field | readonly Field[];
};

/** The form of each collection's files. */
export const FORMS: { readonly [C in Written]: FormOf<string & keyof ContentOf[C]> } = {
  news: { facts: ['date', 'breakingUntil'], words: [], heading: 'title', text: 'body' },
  decisions: {
    facts: ['date', 'effectiveFrom', 'effectiveUntil', 'number', 'replaces'],
    words: ['issuer', 'topic'],
    heading: 'title',
    text: 'body',
  },
  faq: { facts: ['order'], words: ['topic'], heading: 'question', text: 'answer' },
  guidance: { facts: ['order'], words: ['topic'], heading: 'title', text: 'body' },
  plan: {
    facts: ['order', 'plannedFrom', 'from', 'until'],
    words: [],
    heading: 'title',
    text: ['open', 'closed', 'note'],
  },
  rumours: { facts: ['date'], words: ['verdict'], heading: 'claim', text: 'answer' },
};

/** Whether a collection's items are written one a file. */
export const isWritten = (collection: Collection): collection is Written => collection in FORMS;
