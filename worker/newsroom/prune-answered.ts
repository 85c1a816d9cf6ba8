import type { Due } from '../platform/due.ts';
import type { AnsweredStore } from './ledger/answered.ts';
import type { DueKind } from './publish/due-kind.ts';

/** Deletes old idempotency records if that is due, and notes when to do so again. The caller arms the alarm. */
export function pruneAnswered(
  storage: DurableObjectStorage,
  due: Due<DueKind>,
  answered: AnsweredStore,
): void {
  const nowMs = Date.now();
  if (!due.past(nowMs).has('prune')) return;
  storage.transactionSync(() => {
    const nextMs = answered.prune(nowMs);
    if (nextMs === null) due.clear('prune');
    else due.set('prune', nextMs, true);
  });
}
