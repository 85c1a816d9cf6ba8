/** Canonical JSON, RFC 8785. */
export function canonical(value: unknown): string;
/** The first fault as a sentence, or null, and what was counted. */
export function verifyLedger(entries: readonly unknown[]): {
  readonly fault: string | null;
  readonly entries: number;
  readonly erased: number;
};
/** The entries a ledger file holds. */
export function parseLedger(bytes: Uint8Array): readonly unknown[];
/** All entries of a site's ledger, page by page. */
export function fetchLedger(url: string, key: string): Promise<readonly unknown[]>;
