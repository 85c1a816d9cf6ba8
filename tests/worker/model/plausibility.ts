import { addDays, type CivilDate } from '../../../worker/model/civil-date.ts';
import type { Values } from '../../../worker/model/plausibility/around.ts';
import type { Note } from '../../../worker/model/plausibility/note.ts';
import { notesOfDay } from '../../../worker/model/plausibility/notes-of-day.ts';
import type { Shift } from '../../../worker/model/remarks.ts';
import type { Site } from '../../../worker/model/site.ts';
import { around, day } from '../../figures-around.ts';
import { aSite } from '../a-site.ts';

const words = { ar: 'ع', en: 'e' };
const metric = (id: string, kind: 'flow' | 'level') => ({
  id,
  kind,
  agencies: ['health'],
  label: words,
  tone: 'neutral',
});
export const site = aSite({
  metrics: [
    metric('cases', 'flow'),
    metric('recovered', 'flow'),
    metric('ill', 'level'),
    metric('critical', 'level'),
    { id: 'total_cases', kind: 'total', of: 'cases', opening: 0, label: words, tone: 'neutral' },
    { id: 'total_recovered', kind: 'total', of: 'recovered', opening: 0, label: words, tone: 'neutral' },
  ],
  rules: [
    { sum: ['critical'], is: 'at-most', of: ['ill'] },
    { sum: ['ill', 'total_recovered'], is: 'equal', of: ['total_cases'] },
  ],
});
export const withoutRules: Site = { ...site, rules: [] };

export const TODAY = day('2021-08-04');
export const daysAgo = (days: number): CivilDate => addDays(TODAY, -days);

/** Figures of the days before today, the last list item being yesterday; null is not reported. */
export const history = (columns: {
  readonly [id: string]: readonly (number | null)[];
}): Map<CivilDate, Values> => {
  const record = new Map<CivilDate, Values>();
  for (const [id, values] of Object.entries(columns))
    values.forEach((value, i) => {
      const date = daysAgo(values.length - i);
      record.set(date, { ...record.get(date), [id]: value });
    });
  return record;
};

export const valuesOf = (values: { readonly [id: string]: number | null }): Values => values;

/** The notes about today's figures. */
export const notes = (
  columns: Parameters<typeof history>[0],
  today: { readonly [id: string]: number | null },
  {
    rules = false,
    stored = {},
    shifts = {},
  }: {
    readonly rules?: boolean;
    readonly stored?: { readonly [id: string]: number };
    readonly shifts?: { readonly [total: string]: readonly Shift[] };
  } = {},
): readonly Note[] => {
  const record = history(columns);
  if (Object.keys(stored).length > 0) record.set(TODAY, stored);
  return notesOfDay(rules ? site : withoutRules, {
    ...around(record, TODAY, today),
    shifts: (total) => shifts[total] ?? [],
  });
};
export const codes = (...call: Parameters<typeof notes>): readonly string[] =>
  notes(...call).map(({ code }) => code);

export const CASES = [752, 701, 690, 811, 745, 760, 702, 650, 688, 731, 779, 745, 702, 698];
/** A river in metres. */
export const RIVER = [3.41, 3.42, 3.44, 3.43, 3.4, 3.42, 3.45];
