import type { Metric, Site } from '../site.ts';
import type { Around } from './around.ts';
import { columnNotes } from './column-notes.ts';
import { dateNotes } from './date-notes.ts';
import { type Figure, figureNote, SUSPECT } from './figure-notes.ts';
import type { Note } from './note.ts';
import { ruleNotes } from './rule-notes.ts';
import { usualOf } from './usual.ts';

/** The settings that the notes depend on. */
type Settings = Pick<Site, 'metrics' | 'rules'>;

/**
 * What may be wrong with new figures of a day, by those around them: the doubts that staff are asked to confirm. Looks at
 * no more days than `around` has, but for the sum of a flow that a doubt or a rule needs.
 */
export function notesOfDay(site: Settings, around: Around): readonly Note[] {
  const entered = site.metrics.filter((metric) => metric.kind !== 'total');
  const figures = entered.flatMap((metric) => figureOf(site, around, metric) ?? []);
  const isSuspect = figures.some(({ usual, value }) => Math.abs(usual.distance(value)) > SUSPECT);
  const columns = isSuspect
    ? columnNotes(
        around,
        entered.flatMap((metric) => columnOf(around, metric) ?? []),
      )
    : [];
  const moved = new Set(columns.flatMap((found) => found.columns));
  return [
    ...columns.map(({ note }) => note),
    ...figures.filter(({ id }) => !moved.has(id)).flatMap((figure) => figureNote(around, figure) ?? []),
    ...ruleNotes(site, around),
    ...dateNotes(site, around),
  ];
}

/** The new value of a metric with what is usual for it; null if there is none, or too little is known. */
function figureOf(site: Settings, around: Around, { id, kind }: Metric): Figure | null {
  const value = around.changed[id] ?? null;
  const usual = value === null ? null : usualOf(kind, around, id);
  if (value === null || usual === null) return null;
  const total = site.metrics.find((metric) => metric.kind === 'total' && metric.of === id);
  return { id, kind, value, usual, total: total?.kind === 'total' ? total : null };
}

function columnOf(around: Around, { id, kind }: Metric) {
  const usual = usualOf(kind, around, id);
  return usual && { id, value: around.changed[id] ?? null, usual };
}
