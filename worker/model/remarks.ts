import { ascending } from './ascending.ts';
import type { PublicItem } from './bulletin.ts';
import type { CivilDate } from './civil-date.ts';
import type { ItemId } from './item.ts';
import { type AgencyId, type Metric, type MetricId, metricOf, type Site } from './site.ts';

/** A public remark about a metric. */
export type Remark = PublicItem<'remarks'>;

/** A running total, derived. */
export type Total = Extract<Metric, { kind: 'total' }>;

/** A change of a running total by itself: by an amount, or to a total. `date` is the first day that it counts. */
export type Shift = { readonly date: CivilDate; readonly remark: ItemId } & (
  | { readonly amount: number }
  | { readonly total: number }
);

/** The agencies that may report a metric: of a total, those of its flow. Empty if the site has no such metric. */
export function reportersOf(site: Pick<Site, 'metrics'>, id: MetricId): readonly AgencyId[] {
  const metric = site.metrics.find((m) => m.id === id);
  const entered = metric?.kind === 'total' ? site.metrics.find((m) => m.id === metric.of) : metric;
  return entered?.agencies ?? [];
}

/** The totals that an amount about a metric changes: all totals of a flow, or the one that it names. */
export const totalsOf = (site: Pick<Site, 'metrics'>, id: MetricId): readonly Total[] =>
  site.metrics.filter((m): m is Total => m.kind === 'total' && (m.id === id || m.of === id));

/** The adjustments and restatements of a total, in the order in which they count: by day, then oldest first. */
export function shiftsOf(
  remarks: readonly Pick<Remark, 'id' | 'content'>[],
  total: Pick<Total, 'id' | 'of'>,
): readonly Shift[] {
  const shifts: Shift[] = [];
  for (const { id, content } of remarks) {
    const { metric, date, amount, total: restated } = content;
    if (metric !== total.id && metric !== total.of) continue;
    if (amount !== undefined) shifts.push({ date, remark: id, amount });
    else if (restated !== undefined) shifts.push({ date, remark: id, total: restated });
  }
  return shifts.sort(byDay);
}

const byDay = (a: Shift, b: Shift): number =>
  ascending(a.date, b.date) || Number(a.remark) - Number(b.remark);

/** The remarks about a metric. What is said about a flow holds for its totals too. */
export function remarksAbout(site: Site, remarks: readonly Remark[], id: MetricId): readonly Remark[] {
  const metric = metricOf(site, id);
  const of = metric?.kind === 'total' ? metric.of : id;
  return remarks.filter(({ content }) => content.metric === id || content.metric === of);
}
