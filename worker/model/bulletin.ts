import type { CivilDate } from './civil-date.ts';
import type { Collection } from './collections/registry.ts';
import type { Instant } from './instant.ts';
import type { Item, ItemId } from './item.ts';
import type { AgencyId, MetricId, Site } from './site.ts';

/**
 * A figure: its value (null: not reported), the ledger entry that set it, and 1 where that entry had set a number
 * which the operator has erased since.
 */
export type Cell =
  | readonly [value: number | null, seq: number]
  | readonly [value: null, seq: number, erased: 1];

/** The figures of a day that were ever set. `version` counts the entries that touched it, from 1. */
export type Day = { readonly version: number; readonly cells: { readonly [metric: MetricId]: Cell } };

/**
 * A change to something that was already public, for `changes.json`. `was` and `now` are the figure, or of an item
 * the fields that differ; null where there is none, or where the operator erased it.
 */
export type Correction = {
  /** `{seq}-{n}`: the entry that made it, and which of its corrections this is, from 1. */
  readonly id: string;
  readonly seq: number;
  readonly at: Instant;
  readonly agency: AgencyId;
  readonly reason?: string;
} & (
  | {
      readonly kind: 'figure';
      readonly metric: MetricId;
      readonly date: CivilDate;
      readonly was: number | null;
      /** The entry that had set what was. */
      readonly wasSeq: number;
      readonly now: number | null;
    }
  | {
      readonly kind: 'edit' | 'withdrawal';
      readonly collection: Collection;
      readonly item: ItemId;
      readonly was: Readonly<Record<string, unknown>> | null;
      readonly now: Readonly<Record<string, unknown>> | null;
    }
);

/** The last entry that touched each part of the bulletin, 0 for none: whoever has this number has that part. */
export type Revisions = {
  readonly site: number;
  readonly figures: number;
  readonly corrections: number;
} & { readonly [C in Collection]: number };

/** The whole public state at one moment: what the ledger adds up to. */
export type Bulletin = {
  readonly site: Site;
  /** In no particular order. */
  readonly days: ReadonlyMap<CivilDate, Day>;
  readonly items: { readonly [C in Collection]: ReadonlyMap<ItemId, Item<C>> };
  /** In the ledger's order, oldest first. `release` is where it first stood, null while that is not public yet. */
  readonly corrections: readonly (Correction & { readonly release: number | null })[];
  readonly revisions: Revisions;
};

/** When a bulletin is rendered, and as which release. */
export type Moment = { readonly asOf: Instant; readonly release: number };

/** The items of a collection that are public, in the collection's own order. */
export function publicItems<C extends Collection>(
  bulletin: Bulletin,
  collection: C,
  compare: (a: Item<C>, b: Item<C>) => number,
): readonly PublicItem<C>[] {
  const items = bulletin.items[collection] as ReadonlyMap<ItemId, Item<C>>;
  return [...items.values()].filter((item): item is PublicItem<C> => isPublic(item)).sort(compare);
}

/** An item readers may see: neither withdrawn nor erased. */
export type PublicItem<C extends Collection> = Item<C> & {
  readonly content: NonNullable<Item<C>['content']>;
};

/** Whether readers may see an item. */
export const isPublic = <C extends Collection>(item: Item<C>): item is PublicItem<C> =>
  item.content !== null && item.withdrawal === undefined;
