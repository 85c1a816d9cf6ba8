import type { FigureView } from '../../../client/page/home/figures.tsx';
import type { RemarkLine } from '../../../client/page/sections/remarks.tsx';

/** How many remarks about figures the home page has room for, and how many beside more than a dozen figures. */
const REMARKS_AT_HOME = 9;
const DOZEN = 12;
const REMARKS_BESIDE_MANY = 3;

/** What readers must know first: that a figure is not there, then that it may be wrong, then what is beside it. */
const RANKS: { readonly [kind in RemarkLine['kind'] | 'shift']: number } = {
  late: 0,
  'not-reported': 1,
  pause: 2,
  problem: 3,
  provisional: 4,
  break: 5,
  shift: 6,
  note: 7,
  at: 8,
};

/**
 * The figures with as many remarks as the home page has room for, the most important ones of all figures, and how many
 * there are besides: the page says so, and the data page has them all.
 */
export function withinRoom(figures: readonly FigureView[]): {
  readonly figures: readonly FigureView[];
  readonly moreRemarks: number;
} {
  const ranks = figures.flatMap(({ remarks = [], totals }) => [
    ...remarks.map(({ kind }) => RANKS[kind]),
    ...totals.flatMap((total) => ('shift' in total ? [RANKS.shift] : [])),
  ]);
  const room = figures.length > DOZEN ? REMARKS_BESIDE_MANY : REMARKS_AT_HOME;
  const shownRanks = ranks.toSorted((a, b) => a - b).slice(0, room);
  // Of each rank, the figures that come first have the room.
  const left = new Map<number, number>();
  for (const rank of shownRanks) left.set(rank, (left.get(rank) ?? 0) + 1);
  const hasRoom = (kind: keyof typeof RANKS) => {
    const rooms = left.get(RANKS[kind]) ?? 0;
    left.set(RANKS[kind], rooms - 1);
    return rooms > 0;
  };
  return {
    figures: figures.map(({ remarks = [], ...figure }) => {
      const shown = remarks
        .filter(({ kind }) => hasRoom(kind))
        .toSorted((a, b) => RANKS[a.kind] - RANKS[b.kind]);
      const totals = figure.totals.map((total) => {
        if ('unknownSince' in total || !total.shift) return total;
        const { shift, ...rest } = total;
        return hasRoom('shift') ? { ...rest, shift } : rest;
      });
      return { ...figure, totals, ...(shown.length > 0 ? { remarks: shown } : {}) };
    }),
    moreRemarks: ranks.length - shownRanks.length,
  };
}
