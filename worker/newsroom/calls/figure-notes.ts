import type { Figures } from '../../model/change.ts';
import { addDays, type CivilDate } from '../../model/civil-date.ts';
import { codedFault } from '../../model/coded-fault.ts';
import { fromUnits, toUnits } from '../../model/decimal.ts';
import { entriesOf, keysOf } from '../../model/entries.ts';
import { DAYS_AFTER, DAYS_BEFORE, type Values } from '../../model/plausibility/around.ts';
import { type Note, noteOf } from '../../model/plausibility/note.ts';
import { notesOfDay } from '../../model/plausibility/notes-of-day.ts';
import type { Fault, Problem } from '../../model/problem.ts';
import { type Shift, shiftsOf } from '../../model/remarks.ts';
import { decimalsOf, type MetricId, metricOf, type Site } from '../../model/site.ts';
import type { CallContext } from './context.ts';
import { publicRemarks } from './public-remarks.ts';

/** The most notes in an answer. */
export const MAX_NOTES = 50;
/** The most figures of a call that are looked at, a twentieth of a second: of an import with more, the newest. */
const MAX_FIGURES = 1_000;

type Days = { readonly [date: CivilDate]: Figures };

/** What a body says of notes. */
type Confirmation = { readonly confirm?: readonly string[]; readonly reason?: string };

/**
 * The doubts about new figures that the call does not confirm, at most `MAX_NOTES`. None before the site is open:
 * nothing is public yet, and whoever fills a site has no days before to compare with.
 * @param days the figures that change. Each day is compared with the days before as the call leaves them
 */
export function notesOf(
  context: CallContext,
  site: Site,
  days: Days,
  { confirm = [] }: Confirmation,
): readonly Note[] {
  if (!site.open) return [];
  const known = knownDays(context, days);
  const sums = new Map<string, Sum>();
  const shifts = new Map<MetricId, readonly Shift[]>();
  const changedDates = keysOf(days).toSorted();
  const notes: Note[] = [];
  for (const date of newestOf(days)) {
    const nextDays = (count: number, step: 1 | -1, read: (date: CivilDate) => Values) =>
      Array.from({ length: count }, (_, i) => read(addDays(date, step * (i + 1))));
    const found = [
      ...notesOfDay(site, {
        date,
        changed: days[date] ?? {},
        stored: known.stored(date),
        before: nextDays(DAYS_BEFORE, -1, known.current),
        // As stored: if a whole column is wrong, its own later days must not make it usual.
        after: nextDays(DAYS_AFTER, 1, known.stored),
        isCut: site.firstDate < addDays(date, -DAYS_BEFORE),
        isAlone: changedDates.length === 1,
        sumBefore: (flow, from) => {
          const metric = metricOf(site, flow);
          const decimals = metric ? decimalsOf(site, metric) : 0;
          const key = `${flow} ${from ?? ''}`;
          const sum = nextSum(context, { days, changedDates }, sums.get(key), { flow, decimals, date, from });
          sums.set(key, sum);
          return fromUnits(sum.units, decimals);
        },
        shifts: (id) => {
          const total = metricOf(site, id);
          if (total?.kind !== 'total' || context.rows.usage.amount('remarks', '') === 0) return [];
          const known = shifts.get(id) ?? shiftsOf(publicRemarks(context), total);
          shifts.set(id, known);
          return known.filter((shift) => shift.date <= date);
        },
      }),
    ];
    found.push(...pauseNotes(context, date, days[date] ?? {}));
    notes.push(...found.filter(({ id }) => !confirm.includes(id)));
    if (notes.length >= MAX_NOTES) break;
  }
  return notes.slice(0, MAX_NOTES);
}

/** The refusal of figures with notes that are not confirmed; null without any. */
export const doubtOf = (notes: readonly Note[]): Problem | null =>
  notes.length === 0 ? null : { kind: 'doubtful', status: 409, notes, hasMore: notes.length === MAX_NOTES };

/** The fault of a confirmation without a reason: the ledger tells why figures that looked wrong are right. */
export const confirmationFaults = ({ confirm = [], reason }: Confirmation): readonly Fault[] =>
  confirm.length > 0 && reason === undefined ? [codedFault('#/reason', 'confirm-reason')] : [];

/** The dates of the newest figures of a call, at most `MAX_FIGURES` of them, the oldest first. */
function newestOf(days: Days): readonly CivilDate[] {
  const dates: CivilDate[] = [];
  let figures = 0;
  for (const date of keysOf(days).toSorted().reverse()) {
    figures += Object.keys(days[date] ?? {}).length;
    if (figures > MAX_FIGURES && dates.length > 0) break;
    dates.push(date);
  }
  return dates.reverse();
}

/** The figures of days as they are stored, and as the call leaves them. Each row is read once. */
function knownDays({ rows }: CallContext, days: Days) {
  const read = new Map<CivilDate, Values>();
  const stored = (date: CivilDate): Values => {
    const known = read.get(date);
    if (known) return known;
    const cells = entriesOf(rows.day(date)?.cells ?? {});
    const values: Values = Object.fromEntries(cells.map(([id, [value]]) => [id, value]));
    read.set(date, values);
    return values;
  };
  const current = (date: CivilDate): Values => {
    const changed = days[date];
    return changed ? { ...stored(date), ...changed } : stored(date);
  };
  return { stored, current };
}

/**
 * The sum of a flow on the days before a date, as the call leaves them, in units of its last decimal. `next`: of the
 * changed dates, the first that is not in it.
 */
type Sum = { readonly date: CivilDate; readonly units: number; readonly next: number };

/** Goes on from the sum before an earlier date, so that an import reads its days once. `from`: the first date that counts. */
function nextSum(
  { rows }: CallContext,
  { days, changedDates }: { readonly days: Days; readonly changedDates: readonly CivilDate[] },
  last: Sum | undefined,
  {
    flow,
    decimals,
    date,
    from = '',
  }: {
    readonly flow: MetricId;
    readonly decimals: number;
    readonly date: CivilDate;
    readonly from: string | undefined;
  },
): Sum {
  if (last?.date === date) return last;
  const span = { from: last?.date ?? from, before: date };
  let units = (last?.units ?? 0) + rows.unitsOf(flow, decimals, span);
  let next = last?.next ?? 0;
  for (let changed = changedDates[next]; changed && changed < date; changed = changedDates[++next]) {
    const figures = days[changed];
    if (changed >= from && figures && Object.hasOwn(figures, flow))
      units +=
        toUnits(figures[flow] ?? 0, decimals) - toUnits(rows.day(changed)?.cells[flow]?.[0] ?? 0, decimals);
  }
  return { date, units, next };
}

/** The doubts about figures of days on which their reporting is said to be paused. */
function pauseNotes(context: CallContext, date: CivilDate, figures: Figures): readonly Note[] {
  if (context.rows.usage.amount('remarks', '') === 0) return [];
  return entriesOf(figures).flatMap(([metric, value]) => {
    const pause = publicRemarks(context).find(
      ({ content }) =>
        content.kind === 'pause' &&
        content.metric === metric &&
        content.date <= date &&
        date <= (content.until ?? date),
    );
    if (value === null || !pause) return [];
    const params = { value, remark: pause.id, from: pause.content.date };
    return [noteOf({ code: 'while-paused', metric, date }, params, { value })];
  });
}
