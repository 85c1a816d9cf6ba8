/** A write that takes longer is given up on; whether it arrives is then unknown. */
const WRITE_TIMEOUT_MS = 10_000;

/**
 * Waits for a write to KV, or a delete.
 * @param what what is done, for the error's message
 * @throws where KV refuses it, or has not taken it within ten seconds
 */
export async function inTime(
  given: Promise<void>,
  sleep: (ms: number) => Promise<void>,
  what: string,
): Promise<void> {
  const late = sleep(WRITE_TIMEOUT_MS).then(() => {
    throw new Error(`KV did not take ${what} within ${WRITE_TIMEOUT_MS} ms`);
  });
  // Whichever loses the race is waited for by nobody any more: a write that fails late is no news then.
  late.catch(() => {});
  given.catch(() => {});
  await Promise.race([given, late]);
}
