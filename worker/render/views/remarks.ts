import type { RemarkLine, TotalShift, WholeRemark } from '../../../client/page/sections/remarks.tsx';
import type { Bulletin } from '../../model/bulletin.ts';
import { type CivilDate, instantOf } from '../../model/civil-date.ts';
import { type Remark, remarksAbout } from '../../model/remarks.ts';
import type { MetricId } from '../../model/site.ts';
import type { DaySnapshot } from './day-snapshot.ts';
import { figuresOf } from './figures.ts';
import { listedItems } from './listed-items.ts';
import { localize } from './localize.ts';
import { cutLabel, rowsWithin } from './page-room.ts';

/** How many remarks the data page shows, and in how many bytes. */
const REMARKS_ON_PAGE = 50;
const REMARKS_BYTES = 20_000;

/**
 * The days on which a metric's series is parted, ascending: what is before such a day is not to be compared with what
 * is on or after it. A break of a flow parts its totals too.
 */
export const breaksOf = (bulletin: Bulletin, metric: MetricId): readonly CivilDate[] =>
  remarksAbout(bulletin.site, listedItems(bulletin, 'remarks'), metric)
    .flatMap(({ content }) => (content.kind === 'break' ? [content.date] : []))
    .sort();

/** Whether a remark holds on a day. */
export const isOn = ({ date, until }: Pick<Remark['content'], 'date' | 'until'>, day: CivilDate): boolean =>
  date <= day && (until === undefined || day <= until);

/** How many characters of a note the home page shows. */
const NOTE_AT_HOME = 120;

/**
 * That a metric's next figure is late, and what the agency says about the newest one: that there is none for a later date, when it was read,
 * until when it may change, and its note.
 */
export function factLines(
  bulletin: Bulletin,
  metric: MetricId,
  { today, late }: Pick<DaySnapshot, 'today' | 'late'>,
  language: string,
): readonly RemarkLine[] {
  const missing = late.get(metric);
  const lines: RemarkLine[] = missing ? [{ kind: 'late', at: missing.dueAt }] : [];
  const { site } = bulletin;
  const { series, latest } = figuresOf(bulletin);
  const date = latest.find((figure) => figure.metric === metric)?.date ?? '';
  const newest = series.facts?.findLast((facts) => facts.metric === metric && facts.date >= date);
  if (!newest) return lines;
  const { at, provisionalUntil, state, note } = newest;
  if (state === 'not-reported') lines.push({ kind: state, date: newest.date });
  else if (newest.date !== date) return lines;
  if (at !== undefined) lines.push({ kind: 'at', at: instantOf(newest.date, at, site.timeZone) });
  if (provisionalUntil !== undefined && today <= provisionalUntil)
    lines.push({ kind: 'provisional', until: provisionalUntil });
  if (note) lines.push({ kind: 'note', text: cutLabel(localize(note, language, site), NOTE_AT_HOME) });
  return lines;
}

/**
 * What readers of the home page must know about a metric on a day: a pause, a problem, the newest break. At most one of
 * each, the newest.
 */
export function remarkLines(bulletin: Bulletin, metric: MetricId, today: CivilDate): readonly RemarkLine[] {
  const newest = figuresOf(bulletin).latest.find((figure) => figure.metric === metric)?.date ?? '';
  // What has a figure is not paused, whatever was announced.
  const about = listedItems(bulletin, 'remarks').filter(
    ({ content }) => content.metric === metric && (content.kind !== 'pause' || newest < content.date),
  );
  return (['pause', 'problem', 'break'] as const).flatMap((kind) => {
    const remark = about.find(({ content }) => content.kind === kind && isOn(content, today));
    const line = remark && lineOf(remark, today);
    return line ? [line] : [];
  });
}

function lineOf({ content: { kind, date, until } }: Remark, today: CivilDate): RemarkLine | null {
  const ahead = date > today ? ({ isAhead: true } as const) : {};
  switch (kind) {
    case 'break':
      return { kind, date, ...ahead };
    case 'pause':
    case 'problem':
      return { kind, date, ...(until === undefined ? {} : { until }), ...ahead };
    case 'adjustment':
    case 'restatement':
      return null;
    default:
      return kind satisfies never;
  }
}

/** The newest change of a total by itself, with how many others there are, as a field of a view; left out if there is none. */
export function newestShift(
  bulletin: Bulletin,
  total: MetricId,
): { readonly shift?: TotalShift & { readonly others?: number } } {
  const { adjustments = [] } = figuresOf(bulletin).series;
  const all = adjustments.filter(({ metric, amount }) => metric === total && amount !== 0);
  const newest = all.at(-1);
  if (!newest) return {};
  const { date, amount } = newest;
  return { shift: { date, amount, ...(all.length > 1 ? { others: all.length - 1 } : {}) } };
}

/** The newest remarks with their whole texts, as many as the data page has room for, by metric. */
export function wholeRemarks(
  bulletin: Bulletin,
  snapshot: Pick<DaySnapshot, 'today' | 'nextWords'>,
  language: string,
): { readonly of: (metric: MetricId) => readonly WholeRemark[]; readonly isCut: boolean } {
  const { adjustments = [] } = figuresOf(bulletin).series;
  const all = listedItems(bulletin, 'remarks');
  const rows = all.slice(0, REMARKS_ON_PAGE).map((remark) => ({
    metric: remark.content.metric,
    row: wholeRemark(bulletin, remark, adjustments, snapshot, language),
  }));
  const shown = rowsWithin(rows, REMARKS_BYTES, REMARKS_ON_PAGE);
  return {
    of: (metric) => shown.flatMap((remark) => (remark.metric === metric ? [remark.row] : [])),
    isCut: shown.length < all.length,
  };
}

function wholeRemark(
  { site }: Bulletin,
  remark: Remark,
  adjustments: readonly (TotalShift & { readonly remark: string })[],
  { today, nextWords }: Pick<DaySnapshot, 'today' | 'nextWords'>,
  language: string,
): WholeRemark {
  const { text, period, nextWord } = remark.content;
  // An amount changes all totals of its flow by the same: it is said once.
  const shift = adjustments.find((adjustment) => adjustment.remark === remark.id && adjustment.amount !== 0);
  return {
    id: remark.id,
    line: lineOf(remark, today),
    ...(shift ? { shift: { date: shift.date, amount: shift.amount } } : {}),
    text: localize(text, language, site),
    ...(period ? { period } : {}),
    // What has passed is not said: readers would wait for what came, or did not.
    ...(nextWord === undefined || !nextWords.has(remark.id) ? {} : { nextWord }),
  };
}
