import { endsWithin } from './ends-within.ts';

/** The longest wait for a write. A write that takes longer may still arrive. */
const WRITE_TIMEOUT_MS = 10_000;

/**
 * Waits for a write or a delete in KV.
 * @param subject what is written or deleted, for the message of the error
 * @throws if KV refuses the write, or does not accept it within ten seconds
 */
export async function inTime(write: Promise<void>, subject: string): Promise<void> {
  if (!(await endsWithin(write, WRITE_TIMEOUT_MS)))
    throw new Error(`KV did not accept ${subject} within ${WRITE_TIMEOUT_MS} ms`);
}
