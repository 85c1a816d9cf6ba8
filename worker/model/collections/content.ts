import type { CivilDate } from '../civil-date.ts';
import type { Instant } from '../instant.ts';
import type { Texts } from '../validation/text.ts';

/** Where something is known from. `url` is http or https. */
export type Source = { readonly url: string; readonly title?: string };

type Sourced = { readonly source?: readonly Source[] };

/** A news item. Breaking until an instant, if it is. `date` is the day it tells of. */
export type News = Sourced & {
  readonly title: Texts;
  readonly body: Texts;
  readonly date: CivilDate;
  readonly breaking?: { readonly until: Instant };
};

/**
 * A government decision, taken on `date`. `effectiveFrom` and `effectiveUntil` are inclusive days of the site; without
 * the first, when it came into force is not known. `replaces` is the id of the decision it takes the place of.
 */
export type Decision = Sourced & {
  readonly title: Texts;
  readonly body: Texts;
  readonly date: CivilDate;
  readonly issuer: Texts;
  readonly number?: string;
  readonly topic?: Texts;
  readonly effectiveFrom?: CivilDate;
  readonly effectiveUntil?: CivilDate;
  readonly replaces?: ItemId;
};

/** A question the public asks, and its answer. */
export type Question = Sourced & {
  readonly question: Texts;
  readonly answer: Texts;
  readonly topic: Texts;
  readonly order?: number;
};

/** What to do, under a topic. */
export type Guidance = Sourced & {
  readonly title: Texts;
  readonly body: Texts;
  readonly topic: Texts;
  readonly order?: number;
};

/**
 * A phase of the plan. `plannedFrom` is when it was to begin; `from` and `until`, inclusive days of the site, are when
 * it was on; without `from` it has not begun.
 */
export type Phase = Sourced & {
  readonly order: number;
  readonly title: Texts;
  readonly plannedFrom?: CivilDate;
  readonly from?: CivilDate;
  readonly until?: CivilDate;
  readonly note?: Texts;
  readonly open: Texts;
  readonly closed: Texts;
};

/** Something that is said and was checked on `date`. */
export type Rumour = Sourced & {
  readonly claim: Texts;
  readonly verdict: Texts;
  readonly answer: Texts;
  readonly date: CivilDate;
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

/** The content of each collection. What else a collection is, `collection.ts` has in one table. */
export type ContentOf = {
  readonly news: News;
  readonly decisions: Decision;
  readonly faq: Question;
  readonly guidance: Guidance;
  readonly plan: Phase;
  readonly rumours: Rumour;
  readonly contacts: Contact;
};
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
  /** Set once the item is withdrawn: it leaves the lists and its permalink answers 410. No reason: it was erased. */
  readonly withdrawal?: { readonly at: Instant; readonly reason?: string };
};

/** The id a text writes, or null: digits without a leading zero, at most 15 of them. */
export const parseItemId = (text: string): ItemId | null =>
  /^[1-9]\d{0,14}$/.test(text) ? (text as ItemId) : null;
