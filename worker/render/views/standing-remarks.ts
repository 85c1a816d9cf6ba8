import type { Bulletin } from '../../model/bulletin.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import type { ItemId } from '../../model/item.ts';
import type { MetricId } from '../../model/site.ts';
import { listedItems } from './listed-items.ts';
import { isOn } from './remarks.ts';

/** A remark that holds for a metric's latest figure; `until` of a problem is its last day, if anybody knows it. */
type Standing = { readonly date: CivilDate; readonly until?: CivilDate; readonly remark: ItemId };

/**
 * The newest problem that a metric has on a day, and the newest break up to that day, as fields of its figure. Left out if
 * there is none. Pages say the same: see `remarkLines`.
 */
export function standingRemarks(
  bulletin: Bulletin,
  metric: MetricId,
  today: CivilDate,
): { readonly problem?: Standing; readonly break?: Standing } {
  const newest = (kind: 'problem' | 'break') => {
    const remark = listedItems(bulletin, 'remarks').find(
      ({ content }) => content.metric === metric && content.kind === kind && isOn(content, today),
    );
    if (!remark) return {};
    const { date, until } = remark.content;
    return { [kind]: { date, ...(until === undefined ? {} : { until }), remark: remark.id } };
  };
  return { ...newest('problem'), ...newest('break') };
}
