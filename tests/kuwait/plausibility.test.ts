import { expect } from 'vitest';
import type { CivilDate } from '../../worker/model/civil-date.ts';
import { entriesOf } from '../../worker/model/entries.ts';
import type { Values } from '../../worker/model/plausibility/around.ts';
import type { Note } from '../../worker/model/plausibility/note.ts';
import { notesOfDay } from '../../worker/model/plausibility/notes-of-day.ts';
import { type MetricId, metricOf, parseMetricId } from '../../worker/model/site.ts';
import { chanceOf } from '../chance.ts';
import { around } from '../figures-around.ts';
import { itOfKuwait, record } from './kuwait.ts';

const { site, figures } = record;

/** The figures of each day that staff enter: totals are derived. */
const days: ReadonlyMap<CivilDate, Values> = new Map(
  figures.days.map(({ date, csv }) => {
    const cells = csv.split(',').slice(1);
    const values = figures.header
      .split(',')
      .slice(1)
      .flatMap((name, i): (readonly [MetricId, number])[] => {
        const id = parseMetricId(name);
        return id && cells[i] && metricOf(site, id)?.kind !== 'total' ? [[id, Number(cells[i])]] : [];
      });
    return [date, Object.fromEntries(values)];
  }),
);
const dates = [...days.keys()];

/** What staff are asked who enter a day, with all days before it entered. */
function asked(date: CivilDate, values: Values, rules = site.rules ?? []): readonly Note[] {
  const stored = new Map(
    dates.slice(Math.max(0, dates.indexOf(date) - 31), dates.indexOf(date)).map(withValues),
  );
  const { isCut, sumBefore, ...near } = around(stored, date, values);
  const all = { isCut: dates.indexOf(date) > 30, sumBefore: (flow: MetricId) => sumTo(date, flow) };
  return notesOfDay({ metrics: site.metrics, rules }, { ...near, ...all });
}
const withValues = (date: CivilDate) => [date, days.get(date) ?? {}] as const;
const sumTo = (date: CivilDate, flow: MetricId): number =>
  dates.slice(0, dates.indexOf(date)).reduce((sum, one) => sum + (days.get(one)?.[flow] ?? 0), 0);

type Slip = {
  readonly date: CivilDate;
  readonly id: MetricId;
  readonly value: number;
  readonly values: Values;
  readonly chance: () => number;
};

const withValue = ({ values, id }: Slip, value: number): Values => ({ ...values, [id]: value });

/** The kinds of slips: each gives the day's figures with one slip, the same figures if it does not apply. */
const SLIPS: { readonly [kind: string]: (slip: Slip) => Values } = {
  '×10': (slip) => withValue(slip, slip.value * 10),
  '÷10': (slip) => withValue(slip, Math.trunc(slip.value / 10)),
  'a digit doubled': (slip) => {
    const text = String(slip.value);
    const at = Math.floor(slip.chance() * text.length);
    return withValue(slip, Number(text.slice(0, at + 1) + text.slice(at)));
  },
  'the total for the daily figure': (slip) =>
    metricOf(site, slip.id)?.kind === 'flow'
      ? withValue(slip, sumTo(slip.date, slip.id) + slip.value)
      : slip.values,
  'neighbouring digits swapped': (slip) => {
    const text = String(slip.value);
    const at = Math.floor(slip.chance() * (text.length - 1));
    const swapped = `${text.slice(0, at)}${text[at + 1] ?? ''}${text[at]}${text.slice(at + 2)}`;
    return withValue(slip, Number(swapped));
  },
  'neighbouring columns swapped': ({ values, id }) => {
    const columns = entriesOf(values);
    const at = columns.findIndex(([name]) => name === id);
    const [one, other] = [columns[at], columns[at + 1]];
    return one && other ? { ...values, [one[0]]: other[1], [other[0]]: one[1] } : values;
  },
};

/** How many of `count` slips of a kind, on days and figures by chance, staff are asked about. */
function caught(kind: string, count: number, rules = site.rules ?? []): number {
  const chance = chanceOf(9);
  const slip = SLIPS[kind];
  let [made, found] = [0, 0];
  while (made < count) {
    const date = dates[Math.floor(chance() * dates.length)];
    const values = date && days.get(date);
    const [id, value] = values
      ? (entriesOf(values)[Math.floor(chance() * entriesOf(values).length)] ?? [])
      : [];
    if (!date || !values || !id || !slip) continue;
    const wrong = slip({ date, id, value: value ?? 0, values, chance });
    if (entriesOf(wrong).every(([name, number]) => values[name] === number)) continue; // it slips into itself
    made++;
    if (asked(date, wrong, rules).length > 0) found++;
  }
  return found;
}

const COUNT = 300;

itOfKuwait('asks about hardly any true figure', () => {
  const notes = dates.flatMap((date) => asked(date, days.get(date) ?? {}));
  const askedDays = new Set(notes.map(({ date }) => date)).size;
  const all = [...days.values()].reduce((sum, values) => sum + Object.keys(values).length, 0);
  console.info(
    `of ${dates.length} true days ${askedDays} ask (${percent(askedDays, dates.length)}), of ${all} figures ${notes.length} (${percent(notes.length, all)})`,
  );
  expect(dates).toHaveLength(527);
  expect(askedDays / dates.length).toBeLessThan(0.015);
  expect(notes.length / all).toBeLessThan(0.005);
});

itOfKuwait(
  'asks about nine of ten slips of each kind, and about most without the rules of the settings',
  () => {
    const kinds = Object.keys(SLIPS);
    const results = kinds.map((kind) => ({
      kind,
      found: caught(kind, COUNT),
      without: caught(kind, COUNT, []),
    }));
    for (const { kind, found, without } of results)
      console.info(`${kind}: ${percent(found, COUNT)} ask, without rules ${percent(without, COUNT)}`);
    const together = results.reduce((sum, { found }) => sum + found, 0);
    console.info(`together: ${percent(together, COUNT * kinds.length)}`);
    for (const { kind, found } of results) expect(found / COUNT, kind).toBeGreaterThan(0.95);
    // A slip of a figure that stands alone is only seen if it is unusual: 752 and 725 are both usual, and so are 1 and 10 deaths.
    const without = Object.fromEntries(results.map((result) => [result.kind, result.without / COUNT]));
    expect(without['×10']).toBeGreaterThan(0.9);
    expect(without['÷10']).toBeGreaterThan(0.65);
    expect(without['a digit doubled']).toBeGreaterThan(0.9);
    expect(without['the total for the daily figure']).toBeGreaterThan(0.95);
    expect(without['neighbouring columns swapped']).toBeGreaterThan(0.95);
  },
);

const percent = (part: number, all: number): string => `${((100 * part) / all).toFixed(1)} %`;
