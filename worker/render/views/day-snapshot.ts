import { nextWordEnds } from '../../model/boundary.ts';
import type { Bulletin } from '../../model/bulletin.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import { type Late, lateAt } from '../../model/due.ts';
import type { Instant } from '../../model/instant.ts';
import type { ItemId } from '../../model/item.ts';
import type { Series } from '../../model/series.ts';
import type { MetricId } from '../../model/site.ts';
import type { DecisionStatus } from '../../model/status.ts';
import { decisionStatuses } from './decision-statuses.ts';
import { type FigureFacts, factsOn } from './figure-facts.ts';
import { figuresOf } from './figures.ts';
import { publicCorrections } from './public-corrections.ts';

/** The figures and statuses of a day of the site. Computed once a publish, for the pages of all languages. */
export type DaySnapshot = {
  readonly series: Series;
  readonly latest: readonly FigureFacts[];
  /** By metric whose latest figure was corrected: the value before the correction. */
  readonly corrected: ReadonlyMap<MetricId, number>;
  /** The metrics whose newest expected figure is late. */
  readonly late: ReadonlyMap<MetricId, Late>;
  /** The remarks about which their agency has yet to say more. */
  readonly nextWords: ReadonlyMap<ItemId, Instant>;
  /** The day of the snapshot. */
  readonly today: CivilDate;
  /** The status of each public decision on that day. */
  readonly decisions: ReadonlyMap<ItemId, DecisionStatus>;
};

/** Computes the snapshot of a day of the site, at an instant of it. */
export function daySnapshot(bulletin: Bulletin, today: CivilDate, asOf: Instant): DaySnapshot {
  const { series } = figuresOf(bulletin);
  const latest = factsOn(bulletin, series, today);
  const dates = new Map(latest.map(({ metric, date }) => [metric, date]));
  const values = new Map(latest.map(({ metric, value }) => [metric, value]));
  const corrected = new Map<MetricId, number>();
  for (const c of publicCorrections(bulletin))
    if (c.kind === 'figure' && c.was !== null && c.now !== null && dates.get(c.metric) === c.date) {
      // A later reading of the day is no correction, and neither is a change of what else is known.
      if (c.now === values.get(c.metric)) {
        if (c.was !== c.now) corrected.set(c.metric, c.was);
      } else corrected.delete(c.metric);
    }
  const late = lateAt(bulletin, asOf);
  const nextWords = nextWordEnds(bulletin, asOf);
  const decisions = decisionStatuses(bulletin, today);
  return { series, latest, corrected, late, nextWords, today, decisions };
}
