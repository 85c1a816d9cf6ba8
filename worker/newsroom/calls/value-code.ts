import { rangeOf } from '../../model/figures-file/metric-range.ts';
import type { Json } from '../../model/json.ts';
import type { MessageCode, Params } from '../../model/messages.ts';
import type { Metric, Site } from '../../model/site.ts';

/** What is wrong with a value in JSON that a metric does not take, as a code. */
export function valueCode(
  site: Site,
  metric: Metric,
  value: Json,
): { readonly code: MessageCode; readonly params: Params } {
  const { least, most, decimals } = rangeOf(site, metric);
  if (typeof value !== 'number') return { code: 'value-unreadable', params: {} };
  if (value < least) return { code: 'value-too-small', params: { least } };
  return value > most
    ? { code: 'value-too-large', params: { most } }
    : { code: 'value-decimals', params: { decimals } };
}
