import type { Collection, ContentOf } from './collections/registry.ts';
import type { Instant } from './instant.ts';
import type { AgencyId } from './site.ts';

/** Id of an item: its serial number in the collection, from 1, as text. An id is never used for a second item. */
export type ItemId = string & { readonly brand: 'ItemId' };

/** A published item. `version` counts from 1. `content` is null after the operator has erased it. */
export type Item<C extends Collection = Collection> = {
  readonly collection: C;
  readonly id: ItemId;
  readonly version: number;
  readonly agency: AgencyId;
  /** `seq` of the entry that published it. */
  readonly createdSeq: number;
  /** `seq` of the entry that edited it last. */
  readonly editedSeq?: number;
  readonly createdAt: Instant;
  readonly publishedAt: Instant;
  readonly updatedAt: Instant;
  readonly content: ContentOf[C] | null;
  /** Set if the item is withdrawn: lists omit it, its permalink answers 410. An erased reason is left out. */
  readonly withdrawal?: { readonly at: Instant; readonly reason?: string };
};

/** Parses an item's id: at most 15 digits without a leading zero. Null if the text is not one. */
export const parseItemId = (text: string): ItemId | null =>
  /^[1-9]\d{0,14}$/.test(text) ? (text as ItemId) : null;

/** The id of the item with a serial number. */
export const toItemId = (serial: number): ItemId => String(serial) as ItemId;
