import type { Bulletin } from '../../model/bulletin.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import type { MetricId } from '../../model/site.ts';

/**
 * The days on which a metric began to be counted in another way, ascending: no average, trend, change or line crosses
 * one. None as long as agencies can't say so.
 */
export const breaksOf = (_bulletin: Pick<Bulletin, 'items'>, _metric: MetricId): readonly CivilDate[] => [];
