import type { Instant } from '../../model/instant.ts';
import type { RenderFault } from '../documents/render-faults.ts';

/** The last failure to publish, for `status`: when it happened, and the message of its error. */
export type Failure = { readonly at: Instant; readonly detail: string };

const MAX_DETAIL = 500;
const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 30_000;

/** How long to wait before the next attempt after `failures` earlier failures in a row, in milliseconds. */
export const retryDelayMs = (failures: number): number =>
  Math.min(FIRST_RETRY_MS * 2 ** failures, LAST_RETRY_MS);

/** Stores a failure in place of the previous one. */
export function noteFailure(sql: SqlStorage, { at, detail }: Failure): void {
  sql.exec(
    'INSERT OR REPLACE INTO failure (one, at, detail) VALUES (1, ?, ?)',
    at,
    detail.slice(0, MAX_DETAIL).toWellFormed(),
  );
}

/** Deletes the stored failure, after a publish that succeeded. */
export function clearFailure(sql: SqlStorage): void {
  sql.exec('DELETE FROM failure');
}

/** What an agency learns of a failure to publish: the cause may quote what others wrote. */
const FAILING = 'publishing fails at the moment, and is tried again by itself; the operator sees the cause';

/**
 * The last failure to publish; if there is none, the render faults; null without any.
 * @param isForOperator whether the operator asks, who alone sees the cause of a failure
 */
export function lastError(
  sql: SqlStorage,
  faults: readonly RenderFault[],
  isForOperator: boolean,
): Failure | null {
  const [failure] = sql.exec<Failure>('SELECT at, detail FROM failure').toArray();
  if (failure) return isForOperator ? failure : { ...failure, detail: FAILING };
  const [oldest] = faults;
  if (!oldest) return null;
  const details = faults.map(({ what, detail }) => `${what} could not be rendered: ${detail}`);
  return { at: oldest.at, detail: details.join('; ').slice(0, MAX_DETAIL) };
}
