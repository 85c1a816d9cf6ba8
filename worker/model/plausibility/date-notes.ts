import { addDays, weekdayOf } from '../civil-date.ts';
import { dueMetrics } from '../due.ts';
import { keysOf } from '../entries.ts';
import type { MetricId, Site } from '../site.ts';

import type { Around, Values } from './around.ts';
import { type Note, noteOf } from './note.ts';

type Settings = Pick<Site, 'metrics'>;

/** Fewer pairs of days tell nothing of how often figures repeat, … */
const MIN_PAIRS = 7;
/** …and fewer reported days nothing of when they are due. */
const MIN_DAYS = 14;
/** So many days without a report, more than were ever left out in a row, make a date doubtful. */
const MISSED = 3;
/** A row that repeats the day before is doubtful if that would come by chance less often than this. */
const RARE = 0.005;
/** So many weeks tell on which weekdays figures are reported. */
const WEEKS = 4;
/** A weekday is usual for figures if it has them in this part of the weeks. */
const MOST = 0.7;

/** The doubts about the date of new figures. Figures that are corrected stand on their day already. */
export function dateNotes(site: Settings, around: Around): readonly Note[] {
  const added = keysOf(around.changed).filter(
    (id) => around.changed[id] !== null && (around.stored[id] ?? null) === null,
  );
  if (added.length === 0 || added.length < keysOf(around.changed).length) return [];
  const notes = [
    sameNote(around, added),
    ...(around.isAlone ? [gapNote(around, added), weekdayNote(site, around, added)] : []),
  ];
  return notes.filter((note) => note !== null);
}

/** The same figures as on the day before, in all of several columns of which most move each day. */
function sameNote({ date, changed, before }: Around, added: readonly MetricId[]): Note | null {
  const dayBefore = before[0] ?? {};
  if (added.length < 2 || !added.every((id) => dayBefore[id] === changed[id])) return null;
  const chance = added.reduce((product, id) => product * chanceOfSame(before, id), 1);
  if (chance > RARE) return null;
  return noteOf(
    { code: 'same-as-before', metric: null, date },
    { before: addDays(date, -1) },
    { ...changed },
  );
}

/** How often a metric repeats the day before, by the days before; 1 if too few are known. */
function chanceOfSame(before: readonly Values[], id: MetricId): number {
  let [pairs, same] = [0, 0];
  before.forEach((day, i) => {
    const [value, earlier] = [day[id] ?? null, before[i + 1]?.[id] ?? null];
    if (value === null || earlier === null) return;
    pairs++;
    if (value === earlier) same++;
  });
  return pairs < MIN_PAIRS ? 1 : (same + 1) / (pairs + 1);
}

/** A date that leaves out more days than were ever left out before. */
function gapNote({ date, changed, before }: Around, added: readonly MetricId[]): Note | null {
  const reported = agoOf(before, added);
  const last = reported[0];
  if (last === undefined || reported.length < MIN_DAYS) return null;
  const widest = Math.max(...reported.slice(1).map((ago, i) => ago - (reported[i] ?? 0) - 1));
  const missed = last - 1;
  if (missed < widest + MISSED) return null;
  return noteOf(
    { code: 'after-gap', metric: null, date },
    { last: addDays(date, -last), missed },
    { ...changed },
  );
}

/**
 * A weekday on which these figures are not due; if the settings don't say when they are, one on which they were never
 * reported, while other weekdays nearly always had them.
 */
function weekdayNote(
  site: Settings,
  { date, changed, before }: Around,
  added: readonly MetricId[],
): Note | null {
  const note = () =>
    noteOf({ code: 'weekday-not-usual', metric: null, date }, { weekday: weekdayOf(date) }, { ...changed });
  const due = dueMetrics(site).filter(({ id }) => added.includes(id));
  if (due.length > 0)
    return due.some((metric) => metric.due.weekdays.includes(weekdayOf(date))) ? null : note();
  const reported = agoOf(before.slice(0, 7 * WEEKS), added);
  if (reported.some((ago) => ago % 7 === 0)) return null;
  const counts = new Map<number, number>();
  for (const ago of reported) counts.set(ago % 7, (counts.get(ago % 7) ?? 0) + 1);
  const usual = [...counts.values()].filter((count) => count >= MOST * WEEKS);
  if (usual.length < 3 || usual.length < counts.size) return null;
  return note();
}

/** How many days ago, from the nearest on, a day has a figure of one of the metrics. */
const agoOf = (before: readonly Values[], ids: readonly MetricId[]): readonly number[] =>
  before.flatMap((day, i) => (ids.some((id) => (day[id] ?? null) !== null) ? i + 1 : []));
