/** Canonical JSON (RFC 8785). */
export function canonical(value: unknown): string;
/**
 * Returns the first fault as a sentence (null if there is none), the number of entries, and the number of erased
 * entries.
 */
export function verifyLedger(entries: readonly unknown[]): {
  readonly fault: string | null;
  readonly entries: number;
  readonly erased: number;
};
/** Parses a ledger file and returns its entries. Throws if the file is not a whole ledger. */
export function parseLedger(bytes: Uint8Array): readonly unknown[];
/**
 * Fetches all entries of a site's ledger, page by page. `key` is a staff key. Throws if a page is not answered with
 * 2xx.
 */
export function fetchLedger(url: string, key: string): Promise<readonly unknown[]>;
/** The key to send, by the text of a key file. */
export function keyIn(text: string): string;
