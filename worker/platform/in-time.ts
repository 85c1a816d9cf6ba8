import { endsWithin } from './ends-within.ts';

/** A write that takes longer is given up on; whether it arrives is then unknown. */
const WRITE_TIMEOUT_MS = 10_000;

/**
 * Waits for a write to KV, or a delete.
 * @param what what is done, for the error's message
 * @throws where KV refuses it, or has not taken it within ten seconds
 */
export async function inTime(given: Promise<void>, what: string): Promise<void> {
  if (!(await endsWithin(given, WRITE_TIMEOUT_MS)))
    throw new Error(`KV did not take ${what} within ${WRITE_TIMEOUT_MS} ms`);
}
