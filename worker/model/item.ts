import type { Collection, ContentOf } from './collections/registry.ts';
import type { Instant } from './instant.ts';
import type { AgencyId } from './site.ts';

/** Id of an item: a serial number in its collection, from 1, as text. Given at first publication, never used again. */
export type ItemId = string & { readonly brand: 'ItemId' };

/** A published item. `version` counts from 1. `content` is null once the operator has erased it. */
export type Item<C extends Collection = Collection> = {
  readonly collection: C;
  readonly id: ItemId;
  readonly version: number;
  readonly agency: AgencyId;
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

/** The id of the item with a serial number. */
export const toItemId = (serial: number): ItemId => String(serial) as ItemId;
