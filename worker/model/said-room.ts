import type { CivilDate } from './civil-date.ts';
import type { CellFacts, Said } from './said.ts';
import { factsBytes } from './usage.ts';
import type { Texts } from './validation/text.ts';

/** How many facts of figures a file has room for, and how many bytes of notes. */
export type FactsRoom = { readonly facts: number; readonly noteBytes: number };

/**
 * What a file of statistics leaves out: how many facts of figures, how many notes, all days until a date. `in` is the path
 * of what has these.
 */
export type LeftOut = {
  readonly facts?: number;
  readonly notes?: number;
  readonly until?: CivilDate;
  readonly in: string;
};

/**
 * Bounds of the files of statistics, which each figure writes again. Notes of random characters, which no encoding makes
 * small, then take a twentieth of what a document may have (`worker/newsroom/documents/size-bounds.ts`). Facts without notes are
 * short: a year of 100 metrics has 36,600.
 */
export const ROOM_OF_WHOLE: FactsRoom = { facts: 5_000, noteBytes: 100_000 };
export const ROOM_OF_PART: FactsRoom = { facts: 40_000, noteBytes: 300_000 };

/**
 * A series without the notes and facts for which there is no room. Each metric has the same room, and what it does not
 * use is the others': so nobody's notes take another's place. The newest of each metric stay.
 * @param rest the path of what has the rest
 */
export function withinRoom<S extends Said>(
  series: S,
  room: FactsRoom,
  rest: string,
): S & { readonly leftOut?: LeftOut } {
  const { facts = [] } = series;
  const noted = kept(facts, ({ note }) => (note ? noteBytes(note) : 0), room.noteBytes);
  const shortened = facts.flatMap((fact) => (noted.has(fact) ? fact : withoutNote(fact)));
  const counted = kept(shortened, () => 1, room.facts);
  const left = shortened.filter((fact) => counted.has(fact));
  const notesOf = (list: readonly CellFacts[]) => list.filter(({ note }) => note).length;
  const [lostFacts, lostNotes] = [facts.length - left.length, notesOf(facts) - notesOf(left)];
  if (lostFacts + lostNotes === 0) return series;
  return {
    ...series,
    facts: left,
    leftOut: {
      ...(lostFacts > 0 ? { facts: lostFacts } : {}),
      ...(lostNotes > 0 ? { notes: lostNotes } : {}),
      in: rest,
    },
  };
}

/** The bytes of notes: every file of each publish asks for those of all. */
const sizes = new WeakMap<Texts, number>();

function noteBytes(note: Texts): number {
  const known = sizes.get(note);
  if (known !== undefined) return known;
  const sizeBytes = factsBytes({ note });
  sizes.set(note, sizeBytes);
  return sizeBytes;
}

/** A fact without its note; nothing if there is nothing else. */
function withoutNote({ note: _, ...fact }: CellFacts): readonly CellFacts[] {
  const { metric: _metric, date: _date, ...known } = fact;
  return Object.keys(known).length > 0 ? [fact] : [];
}

/** The facts that have room: of each metric the newest, in its share. */
function kept(
  facts: readonly CellFacts[],
  sizeOf: (fact: CellFacts) => number,
  room: number,
): ReadonlySet<CellFacts> {
  const sizes = facts.map(sizeOf);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total <= room) return new Set(facts);
  const metrics = [...Map.groupBy(facts.keys(), (i) => facts[i]?.metric).values()].map((indexes) => ({
    indexes,
    size: indexes.reduce((sum, i) => sum + (sizes[i] ?? 0), 0),
  }));
  const left = new Set<CellFacts>();
  let rest = room;
  for (const [k, { indexes, size }] of metrics.sort((a, b) => a.size - b.size).entries()) {
    let share = Math.min(size, Math.floor(rest / (metrics.length - k)));
    rest -= share;
    for (const i of indexes.toReversed()) {
      const fact = facts[i];
      share -= sizes[i] ?? 0;
      if (!fact || share < 0) break;
      left.add(fact);
    }
  }
  return left;
}
