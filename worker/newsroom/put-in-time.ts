/** A write that takes longer is given up on; whether it arrives is then unknown. */
const WRITE_TIMEOUT_MS = 10_000;

/**
 * Writes a value to KV.
 * @throws where KV refuses it, or has not taken it within ten seconds
 */
export async function putInTime(
  kv: KVNamespace,
  sleep: (ms: number) => Promise<void>,
  key: string,
  value: string | Uint8Array,
): Promise<void> {
  const given = kv.put(key, value);
  const late = sleep(WRITE_TIMEOUT_MS).then(() => {
    throw new Error(`KV did not take ${key} within ${WRITE_TIMEOUT_MS} ms`);
  });
  // Whichever loses the race is waited for by nobody any more: a write that fails late is no news then.
  late.catch(() => {});
  given.catch(() => {});
  await Promise.race([given, late]);
}
