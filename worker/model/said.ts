import { ascending } from './ascending.ts';
import { type Bulletin, isErased } from './bulletin.ts';
import type { Facts } from './cell-facts.ts';
import type { CivilDate } from './civil-date.ts';
import type { ItemId } from './item.ts';
import type { Remark } from './remarks.ts';
import { type MetricId, metricOf, type Site } from './site.ts';

/**
 * What a remark adds to a total at the end of a date, below 0 if it lowers the total. A total is its opening, all values
 * of its flow up to a date, and all its adjustments up to that date.
 */
export type Adjustment = {
  readonly metric: MetricId;
  readonly date: CivilDate;
  readonly amount: number;
  readonly remark: ItemId;
};

type Break = { readonly metric: MetricId; readonly date: CivilDate; readonly remark: ItemId };
/** A pause or a problem. `until` is its last day; left out as long as nobody knows it. */
type Span = Break & { readonly until?: CivilDate };
/** What is known of one figure beside its number. */
export type CellFacts = { readonly metric: MetricId; readonly date: CivilDate } & Facts;

/** What is said about figures, beside their numbers. A list that would be empty is left out. */
export type Said = {
  /** By metric in the site's order, then as they count. */
  readonly adjustments?: readonly Adjustment[];
  /** By date, as the others. */
  readonly breaks?: readonly Break[];
  readonly pauses?: readonly Span[];
  readonly problems?: readonly Span[];
  readonly facts?: readonly CellFacts[];
};

const byDate = (a: { readonly date: CivilDate }, b: { readonly date: CivilDate }) =>
  ascending(a.date, b.date);

/** The breaks, pauses and problems among remarks, and the facts of all figures of the site's metrics. */
export function saidAbout(
  { site, days }: Pick<Bulletin, 'site' | 'days'>,
  remarks: readonly Pick<Remark, 'id' | 'content'>[],
): Said {
  const about = remarks.filter(({ content }) => metricOf(site, content.metric));
  const form = ({ id, content: { metric, date, until } }: Pick<Remark, 'id' | 'content'>) => ({
    metric,
    date,
    ...(until === undefined ? {} : { until }),
    remark: id,
  });
  const of = (kind: 'break' | 'pause' | 'problem') =>
    about
      .filter(({ content }) => content.kind === kind)
      .map(form)
      .sort(byDate);
  return withoutEmpty({
    breaks: of('break'),
    pauses: of('pause'),
    problems: of('problem'),
    facts: factsIn(site, days),
  });
}

function factsIn({ metrics }: Site, days: Bulletin['days']): readonly CellFacts[] {
  const facts: CellFacts[] = [];
  for (const [date, { cells }] of days)
    for (const { id } of metrics) {
      const cell = cells[id];
      if (cell?.[3] && !isErased(cell)) facts.push({ metric: id, date, ...cell[3] });
    }
  return facts.sort(byDate);
}

/**
 * What is said about some metrics within a time.
 * @param from the first day, `until` the last
 */
export function saidWithin(
  { adjustments = [], breaks = [], pauses = [], problems = [], facts = [] }: Said,
  isOf: (metric: MetricId) => boolean,
  from: CivilDate | undefined,
  until: CivilDate | undefined,
): Said {
  if (from === undefined || until === undefined) return {};
  const isIn = ({ metric, date }: { readonly metric: MetricId; readonly date: CivilDate }) =>
    isOf(metric) && from <= date && date <= until;
  const reachesIn = (span: Span) =>
    isOf(span.metric) && span.date <= until && (span.until === undefined || span.until >= from);
  return withoutEmpty({
    adjustments: adjustments.filter(isIn),
    breaks: breaks.filter(isIn),
    pauses: pauses.filter(reachesIn),
    problems: problems.filter(reachesIn),
    facts: facts.filter(isIn),
  });
}

/** Whether a metric's agency says that it pauses on a date. */
export const isPausedIn = ({ pauses = [] }: Said, metric: MetricId, date: CivilDate): boolean =>
  pauses.some(
    (pause) =>
      pause.metric === metric && pause.date <= date && (pause.until === undefined || date <= pause.until),
  );

const withoutEmpty = (said: Said): Said =>
  Object.fromEntries(Object.entries(said).filter(([, list]) => list.length > 0));
