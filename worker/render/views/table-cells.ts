import { STARRED, type TableCell, type TableNote } from '../../../client/page/chart/chart-tables.tsx';
import { type CivilDate, type CivilMonth, monthOf } from '../../model/civil-date.ts';
import { isPausedIn } from '../../model/said.ts';
import type { MetricId, Site } from '../../model/site.ts';
import type { DaySnapshot } from './day-snapshot.ts';
import { localize } from './localize.ts';
import { viewBytes } from './page-room.ts';

/** What tables of figures read. */
export type TableFigures = Pick<DaySnapshot, 'series' | 'late' | 'today'>;

/** What a cell says beside its number. */
type Known = Omit<TableCell, 'value'>;

/** How many notes a table has, and in how many bytes. */
const NOTES = 50;
const NOTES_BYTES = 10_000;

/** Collects the notes of a table: the same note once. */
type NoteCollector = { readonly notes: readonly TableNote[]; readonly add: (note: TableNote) => number };

/** @param hasNotes false if the page has no room for any */
export function noteCollector(hasNotes: boolean): NoteCollector {
  const notes: TableNote[] = [];
  const indexes = new Map<string, number>();
  let left = hasNotes ? NOTES_BYTES : 0;
  const add = (note: TableNote): number => {
    const key = JSON.stringify(note);
    const known = indexes.get(key);
    if (known !== undefined) return known;
    left -= viewBytes(note);
    const index = left >= 0 && notes.length < NOTES ? notes.push(note) - 1 : STARRED;
    indexes.set(key, index);
    return index;
  };
  return { notes, add };
}

/**
 * What is known of the figures of days.
 * @param from the first day of the table
 */
export function knownOfDays(
  site: Site,
  { series, late, today }: TableFigures,
  from: CivilDate | undefined,
  language: string,
  { add }: NoteCollector,
): (metric: MetricId, date: CivilDate, value: number | null) => Known {
  const { facts = [], breaks = [] } = series;
  const keyOf = (metric: MetricId, date: CivilDate) => `${metric} ${date}`;
  const since = <T extends { readonly metric: MetricId; readonly date: CivilDate }>(list: readonly T[]) =>
    new Map(
      list
        .filter(({ date }) => from !== undefined && date >= from)
        .map((one) => [keyOf(one.metric, one.date), one]),
    );
  const [factsOf, breaksOf] = [since(facts), since(breaks)];
  return (metric, date, value) => {
    const known = factsOf.get(keyOf(metric, date));
    const notes: TableNote[] = [];
    if (value !== null && breaksOf.has(keyOf(metric, date))) notes.push({ kind: 'break', date });
    const { provisionalUntil, note, state } = known ?? {};
    if (provisionalUntil !== undefined && provisionalUntil >= today)
      notes.push({ kind: 'provisional', until: provisionalUntil });
    if (note) notes.push({ kind: 'note', text: localize(note, language, site) });
    return {
      ...whyNone(value, {
        said: state === 'not-reported',
        paused: isPausedIn(series, metric, date),
        late: late.get(metric)?.date === date,
      }),
      ...marked(notes, add),
    };
  };
}

/**
 * What is known of the sums of months.
 * @param collector null if the table has no room for notes
 */
export function knownOfMonths(
  { series, today }: TableFigures,
  collector: NoteCollector | null,
): (metric: MetricId, month: CivilMonth, indices: readonly number[]) => Known {
  const { dates, facts = [], breaks = [] } = series;
  const saidDays = new Map<string, number>();
  const provisional = new Set<string>();
  for (const { metric, date, state, provisionalUntil } of facts) {
    const key = `${metric} ${monthOf(date)}`;
    if (state === 'not-reported') saidDays.set(key, (saidDays.get(key) ?? 0) + 1);
    if (provisionalUntil !== undefined && provisionalUntil >= today) provisional.add(key);
  }
  // A break on the first day of a month parts nothing of its sum.
  const parting = breaks.filter(({ date }) => !date.endsWith('-01'));
  const partingOf = Map.groupBy(parting, ({ metric, date }) => `${metric} ${monthOf(date)}`);
  return (metric, month, indices) => {
    const key = `${metric} ${month}`;
    const value = indices.find((i) => (series.metrics[metric]?.[i] ?? null) !== null) ?? null;
    const notes: TableNote[] =
      value === null ? [] : (partingOf.get(key) ?? []).map(({ date }) => ({ kind: 'break', date }));
    if (value !== null && provisional.has(key)) notes.push({ kind: 'days' });
    return {
      ...whyNone(value, {
        said: saidDays.get(key) === indices.length,
        paused: indices.every((i) => {
          const date = dates[i];
          return date !== undefined && isPausedIn(series, metric, date);
        }),
        late: false,
      }),
      ...(collector ? marked(notes, collector.add) : {}),
    };
  };
}

function whyNone(value: number | null, is: { readonly [why in NonNullable<Known['why']>]: boolean }): Known {
  const why = (['said', 'paused', 'late'] as const).find((reason) => is[reason]);
  return value === null && why ? { why } : {};
}

const marked = (notes: readonly TableNote[], add: NoteCollector['add']): Known =>
  notes.length === 0 ? {} : { notes: [...new Set(notes.map(add))] };
