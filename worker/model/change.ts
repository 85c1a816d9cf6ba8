import { type CellValue, numberOf } from './cell-facts.ts';
import type { CivilDate } from './civil-date.ts';
import type { Collection, ContentOf } from './collections/registry.ts';
import { entriesOf } from './entries.ts';
import type { Instant } from './instant.ts';
import type { ItemId } from './item.ts';
import type { AgencyId, MetricId, Site } from './site.ts';

/** Figures of one day. `null` is "not reported", never zero. */
export type Figures = { readonly [metric: MetricId]: number | null };

/** Figures of one day, each alone or with what else is known of it. */
export type Cells = { readonly [metric: MetricId]: CellValue };

/** The numbers of a day's figures. */
export const numbersIn = (cells: Cells): Figures =>
  Object.fromEntries(entriesOf(cells).map(([metric, cell]) => [metric, numberOf(cell)]));

/** A new item, as the ledger holds it. */
export type NewItem<C extends Collection = Collection> = {
  readonly id: ItemId;
  readonly agency: AgencyId;
  readonly publishedAt: Instant;
  readonly content: ContentOf[C];
};

/**
 * A figure that an erased entry set, without its value. `reported`: the entry set a number, not null. `facts`: it said
 * more. `at` is kept, because it tells a later reading from a correction. `earlier`: it was not the day's.
 */
export type ErasedFigure = {
  readonly date: CivilDate;
  readonly metric: MetricId;
  readonly reported: boolean;
  readonly facts?: true;
  readonly at?: string;
  readonly earlier?: true;
};
/** An item that an erased entry published or edited, without its content. */
export type ErasedItem = {
  readonly collection: Collection;
  readonly id: ItemId;
  readonly agency: AgencyId;
  readonly publishedAt: Instant;
};

/**
 * What an entry of the ledger does to the bulletin: its `kind`, and its payload.
 * `figures` holds only figures that differ from the previous ones, so readers of the ledger need not compare.
 */
export type Change =
  | { readonly kind: 'site'; readonly payload: { readonly site: Site } }
  | { readonly kind: 'figures'; readonly payload: { readonly days: { readonly [date: CivilDate]: Cells } } }
  | {
      readonly kind: 'items';
      readonly payload: { readonly collection: Collection; readonly items: readonly NewItem[] };
    }
  | {
      readonly kind: 'edit';
      readonly payload: {
        readonly collection: Collection;
        readonly id: ItemId;
        readonly content: ContentOf[Collection];
      };
    }
  | {
      readonly kind: 'withdrawal';
      readonly payload: { readonly collection: Collection; readonly id: ItemId };
    }
  | {
      readonly kind: 'erasure';
      readonly payload: {
        readonly seq: number;
        readonly figures: readonly ErasedFigure[];
        readonly items: readonly ErasedItem[];
        /** The item that the erased entry withdrew: it stays withdrawn, and its page no longer says why. */
        readonly withdrawal?: { readonly collection: Collection; readonly id: ItemId };
        /** The entry's reason was erased. An erasure of an entry of the first form does not say so. */
        readonly reason?: true;
        /** Only what is named here was erased. Left out: all that the entry still had. */
        readonly partial?: true;
      };
    };

/** The payload of an erasure. */
export type Erasure = Extract<Change, { kind: 'erasure' }>['payload'];
