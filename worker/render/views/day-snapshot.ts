import type { Bulletin } from '../../model/bulletin.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import type { ItemId } from '../../model/item.ts';
import type { Latest, Series } from '../../model/series.ts';
import type { MetricId } from '../../model/site.ts';
import type { DecisionStatus } from '../../model/status.ts';
import { decisionStatuses } from './decision-statuses.ts';
import { figuresOf } from './figures.ts';

/** How the bulletin stands on a day of the site: what pages of all languages share, worked out once a publish. */
export type DaySnapshot = {
  readonly series: Series;
  readonly latest: readonly Latest[];
  /** What the latest figure of a metric was corrected from. */
  readonly corrected: ReadonlyMap<MetricId, number>;
  /** The day it is at the site, and the status of each public decision on it. */
  readonly today: CivilDate;
  readonly decisions: ReadonlyMap<ItemId, DecisionStatus>;
};

/** The snapshot of a day of the site. */
export function daySnapshot(bulletin: Bulletin, today: CivilDate): DaySnapshot {
  const { series, latest } = figuresOf(bulletin);
  const dates = new Map(latest.map(({ metric, date }) => [metric, date]));
  const corrected = new Map<MetricId, number>();
  for (const c of bulletin.corrections)
    if (c.kind === 'figure' && c.was !== null && c.now !== null && dates.get(c.metric) === c.date)
      corrected.set(c.metric, c.was);
  return { series, latest, corrected, today, decisions: decisionStatuses(bulletin, today) };
}
