import type { Change } from './change.ts';
import { partsHash, partsOf } from './entry-parts.ts';
import type { Instant } from './instant.ts';
import { type Author, type Entry, FORM, type Hash, type Head, headText, type Sha256 } from './ledger.ts';

/**
 * The ledger entry of an accepted change, in form 2. Pure: the caller gives the time, the salt (at least 128 random
 * bits, as text) and the SHA-256 function.
 */
export function toEntry(
  change: Change,
  authorship: Author & {
    readonly at: Instant;
    readonly reason?: string | undefined;
    /** `seq` of the last entry that may be public; if left out, all are. */
    readonly shown?: number;
  },
  link: { readonly seq: number; readonly previous: Hash; readonly salt: string },
  sha256: Sha256,
): Entry {
  const { reason } = authorship;
  const head: Head = {
    seq: link.seq,
    at: authorship.at,
    agency: authorship.agency,
    key: authorship.key,
    kind: change.kind,
    form: FORM,
    ...((authorship.shown ?? link.seq) < link.seq - 1 ? { shown: authorship.shown } : {}),
    payloadHash: partsHash(partsOf(change, reason), link.salt, sha256),
    previous: link.previous,
  };
  return {
    ...head,
    hash: sha256(headText(head)),
    ...(reason === undefined ? {} : { reason }),
    salt: link.salt,
    payload: change.payload,
  };
}
