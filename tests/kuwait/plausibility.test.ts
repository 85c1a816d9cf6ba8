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
  '×100': (slip) => withValue(slip, slip.value * 100),
  '÷10': (slip) => withValue(slip, Math.trunc(slip.value / 10)),
  'a digit doubled': (slip) => {
    const text = String(slip.value);
    const at = Math.floor(slip.chance() * text.length);
    return withValue(slip, Number(text.slice(0, at + 1) + text.slice(at)));
  },
  'a digit left out': (slip) => {
    const text = String(slip.value);
    const at = Math.floor(slip.chance() * text.length);
    return text.length < 2 ? slip.values : withValue(slip, Number(text.slice(0, at) + text.slice(at + 1)));
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

/** A slip is gross if it at least doubles or halves a figure, and one of the two numbers has three digits or more. */
const isGross = (typed: number, meant: number): boolean =>
  Math.max(typed, meant) >= 2 * Math.min(typed, meant) && Math.max(typed, meant) >= 100;

/** Of how many slips staff are asked about, with the rules of the settings and without, and how many slips there are. */
type Rates = { found: number; without: number; gross: number; grossFound: number };

/** What `COUNT` slips of a kind give, on days and figures by chance. Without rules, the gross ones are counted apart. */
function ratesOf(kind: string): Rates {
  const chance = chanceOf(9);
  const slip = SLIPS[kind];
  const rates = { found: 0, without: 0, gross: 0, grossFound: 0 };
  for (let made = 0; made < COUNT; ) {
    const date = dates[Math.floor(chance() * dates.length)];
    const values = date && days.get(date);
    const [id, value] = values
      ? (entriesOf(values)[Math.floor(chance() * entriesOf(values).length)] ?? [])
      : [];
    if (!date || !values || !id || !slip) continue;
    const wrong = slip({ date, id, value: value ?? 0, values, chance });
    if (entriesOf(wrong).every(([name, number]) => values[name] === number)) continue; // it slips into itself
    made++;
    if (asked(date, wrong).length > 0) rates.found++;
    const isFound = asked(date, wrong, []).length > 0;
    if (isFound) rates.without++;
    if (!isGross(wrong[id] ?? 0, value ?? 0)) continue;
    rates.gross++;
    if (isFound) rates.grossFound++;
  }
  return rates;
}

const COUNT = 300;

itOfKuwait.each([
  ['with the rules of the settings', site.rules ?? []],
  ['without rules', []],
])('asks about hardly any true figure, %s', (which, rules) => {
  const notes = dates.flatMap((date) => asked(date, days.get(date) ?? {}, rules));
  const askedDays = new Set(notes.map(({ date }) => date)).size;
  const all = [...days.values()].reduce((sum, values) => sum + Object.keys(values).length, 0);
  console.info(
    `${which}: of ${dates.length} true days ${askedDays} ask (${percent(askedDays, dates.length)}), of ${all} figures ${notes.length} (${percent(notes.length, all)})`,
  );
  expect(dates).toHaveLength(527);
  expect(askedDays / dates.length).toBeLessThan(0.015);
  expect(notes.length / all).toBeLessThan(0.005);
});

itOfKuwait(
  'asks about nine of ten slips of each kind, and about nine of ten gross ones without rules',
  () => {
    const results = Object.keys(SLIPS).map((kind) => ({ kind, ...ratesOf(kind) }));
    for (const { kind, found, without, gross, grossFound } of results)
      console.info(
        `${kind}: ${percent(found, COUNT)} ask; without rules ${percent(without, COUNT)}, ${percent(grossFound, gross)} of ${gross} gross ones`,
      );
    const together = results.reduce((sum, { found }) => sum + found, 0);
    console.info(`together: ${percent(together, COUNT * results.length)}`);
    for (const { kind, found } of results) expect(found / COUNT, kind).toBeGreaterThan(0.95);
    for (const { kind, gross, grossFound } of results) expect(grossFound / gross, kind).toBeGreaterThan(0.9);
    // A slip of a figure that stands alone is only seen if it is unusual: 752 and 725 are both usual, and so are 3 and 0 deaths.
    for (const { kind, without } of results)
      if (!CAN_BE_USUAL.includes(kind)) expect(without / COUNT, kind).toBeGreaterThan(0.9);
  },
);

/** Of these slips many give a usual number: digits of one size, and a tenth of a few. */
const CAN_BE_USUAL = ['÷10', 'neighbouring digits swapped'];

const percent = (part: number, all: number): string => `${((100 * part) / all).toFixed(1)} %`;
