import { isPublic } from '../../model/bulletin.ts';
import type { Remark, Total } from '../../model/remarks.ts';
import type { CallContext } from './context.ts';

/** The public remarks, as the Newsroom has them at a call. */
export const publicRemarks = ({ memory }: CallContext): readonly Remark[] =>
  [...memory().items.remarks.values()].filter((item) => isPublic(item));

/** The public remarks that may change a total: about it, or about its flow. Most sites have none, and read nothing. */
export function remarksOn({ memory, rows }: CallContext, total: Pick<Total, 'id' | 'of'>): readonly Remark[] {
  if (rows.usage.amount('remarks', '') === 0) return [];
  const byMetric = memory().remarksByMetric();
  return [total.id, total.of].flatMap((id) => byMetric.get(id) ?? []);
}
