import type { Facts } from './cell-facts.ts';
import type { CivilDate } from './civil-date.ts';
import type { Collection } from './collections/registry.ts';
import type { Instant } from './instant.ts';
import type { Item, ItemId } from './item.ts';
import type { AgencyId, MetricId, Site } from './site.ts';

/**
 * A figure: its value (null: not reported), `seq` of the entry that set it, the sum of its marks, and what else is known
 * of it. Of an erased figure only the hour is left. `before`: what was public when a later reading of the day took its place.
 */
export type Cell =
  | readonly [value: number | null, seq: number]
  | readonly [value: number | null, seq: number, marks: number]
  | readonly [value: number | null, seq: number, marks: number, facts: Facts]
  | readonly [value: number | null, seq: number, marks: number, facts: Facts, before: Cell];

/** The mark of a figure whose number the operator has erased. Its value is null. */
export const ERASED = 1;
/** The mark of a figure that replaced what was public, by another number or by null. */
export const REPLACED = 2;

/** Whether a figure is null because its number was erased. */
export const isErased = ([, , marks = 0]: Cell): boolean => (marks & ERASED) !== 0;

/** A figure with one more mark. */
export const marked = (
  [value, seq, marks = 0, facts, before]: Cell,
  mark: typeof ERASED | typeof REPLACED,
): Cell =>
  facts
    ? before
      ? [value, seq, marks | mark, facts, before]
      : [value, seq, marks | mark, facts]
    : [value, seq, marks | mark];

/**
 * The figure that a change is compared with: the stored one, or what was public before it as long as it is a later reading
 * that nobody has seen.
 * @param shown as in `wasPublic`
 */
export function publicCell(cell: Cell | undefined, shown: number): Cell | undefined {
  const before = cell?.[4];
  return before && cell[1] > shown ? before : cell;
}

/**
 * Whether a number was public before a change of this figure: the change is then a correction.
 * @param shown the seq of the last entry that may have been public before the change
 */
export const wasPublic = (cell: Cell | undefined, shown: number): cell is Cell => {
  if (cell === undefined) return false;
  const [value, seq, marks = 0] = cell;
  return (marks & REPLACED) !== 0 || ((value !== null || isErased(cell)) && seq <= shown);
};

/**
 * Whether a change of a figure is a correction: a number was public, and the new one is no later reading of the same day.
 * @param shown as in `wasPublic`
 */
export const isCorrection = (was: Cell | undefined, now: Cell, shown: number): was is Cell =>
  wasPublic(was, shown) && !isLaterReading(was, now);

/**
 * Whether a figure is a reading of a later hour than another of its day. A number that was erased since is a reading all the
 * same: what was no correction then is none today.
 */
export function isLaterReading(was: Cell, now: Cell): boolean {
  const [before, after] = [was[3]?.at, now[3]?.at];
  const isNumber = (cell: Cell) => cell[0] !== null || isErased(cell);
  return before !== undefined && after !== undefined && after > before && isNumber(was) && isNumber(now);
}

/** All figures that were ever set for a day. `version` counts the entries that changed the day, from 1. */
export type Day = { readonly version: number; readonly cells: { readonly [metric: MetricId]: Cell } };

/**
 * A change to something that was already public, for `changes.json`. `was` and `now` are the figure, or the fields that
 * differ between two versions of an item. They are null if there is no value, or if the operator erased the value.
 */
export type Correction = {
  /** `{seq}-{n}`: the entry that made the correction, and the correction's number in that entry, from 1. */
  readonly id: string;
  readonly seq: number;
  readonly at: Instant;
  readonly agency: AgencyId;
  readonly reason?: string;
  /** There was a reason, and the operator has erased it. */
  readonly reasonErased?: true;
  /** What it changed was not public yet, but changed something public: readers see one correction of both. */
  readonly wasUnshown?: true;
} & (
  | {
      readonly kind: 'figure';
      readonly metric: MetricId;
      /** The date of the figure; of several figures that one erasure removed, the first. */
      readonly date: CivilDate;
      /** The last date of these figures, and how many they are; left out for one figure. */
      readonly until?: CivilDate;
      readonly figures?: number;
      readonly was: number | null;
      /** `seq` of the entry that set `was`. */
      readonly wasSeq: number;
      /** `was` or `now` is null because the operator has erased the number. */
      readonly wasErased?: true;
      readonly now: number | null;
      readonly nowErased?: true;
    }
  | {
      readonly kind: 'edit' | 'withdrawal';
      /** Of a remark: the metric that it is about, after the change. */
      readonly metric?: MetricId;
      readonly collection: Collection;
      readonly item: ItemId;
      readonly was: Readonly<Record<string, unknown>> | null;
      readonly now: Readonly<Record<string, unknown>> | null;
    }
);

/** `seq` of the last entry that changed each part of the bulletin, or 0. The same number means the same part. */
export type Revisions = {
  readonly site: number;
  readonly figures: number;
  readonly corrections: number;
} & { readonly [C in Collection]: number };

/** The whole public state at one moment: the fold of the ledger. */
export type Bulletin = {
  readonly site: Site;
  /** In no particular order. */
  readonly days: ReadonlyMap<CivilDate, Day>;
  readonly items: { readonly [C in Collection]: ReadonlyMap<ItemId, Item<C>> };
  /** Oldest first, as in the ledger. `release` is the first release with the correction, null until one is public. */
  readonly corrections: readonly (Correction & { readonly release: number | null })[];
  readonly revisions: Revisions;
};

/** The instant at which a bulletin is rendered, the number of the release, and whether releases are signed. */
export type Moment = { readonly asOf: Instant; readonly release: number; readonly isSigned?: boolean };

/** The public items of a collection, sorted by `compare`. */
export function publicItems<C extends Collection>(
  bulletin: Bulletin,
  collection: C,
  compare: (a: Item<C>, b: Item<C>) => number,
): readonly PublicItem<C>[] {
  const items: ReadonlyMap<ItemId, Item<C>> = bulletin.items[collection];
  return [...items.values()].filter((item): item is PublicItem<C> => isPublic(item)).sort(compare);
}

/** An item that readers may see: neither withdrawn nor erased. */
export type PublicItem<C extends Collection> = Item<C> & {
  readonly content: NonNullable<Item<C>['content']>;
};

/** Whether readers may see an item. */
export const isPublic = <C extends Collection>(item: Item<C>): item is PublicItem<C> =>
  item.content !== null && item.withdrawal === undefined;
