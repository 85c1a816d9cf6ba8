import canonicalize from 'canonicalize';
import type { Change } from './change.ts';
import type { Instant } from './instant.ts';
import type { AgencyId } from './site.ts';

/** A SHA-256 in hex, 64 characters. */
export type Hash = string & { readonly brand: 'Hash' };

/** Who makes a change: an agency, and the id of its key or `operator`. Never a person's name. */
export type Author = { readonly agency: AgencyId; readonly key: string };

/** The part of an entry that its hash covers. `previous` is the hash of the previous entry, 64 zeros for the first. */
export type Head = {
  readonly seq: number;
  readonly at: Instant;
  readonly agency: AgencyId;
  readonly key: string;
  readonly kind: Change['kind'];
  readonly reason?: string;
  /**
   * `seq` of the last entry that may have been public when this one was written; left out if that is the entry before. What
   * is changed before it was public leaves no correction.
   */
  readonly shown?: number;
  readonly payloadHash: Hash;
  readonly previous: Hash;
};

/**
 * An entry of the ledger. The operator may erase `salt` and `payload`. The chain still verifies, because `hash` covers
 * only the head, with `payloadHash` in it. Without the salt nobody can guess a short payload from `payloadHash`.
 */
export type Entry = Head & {
  readonly hash: Hash;
  readonly salt?: string;
  readonly payload?: Change['payload'];
};

/** `previous` of the first entry. */
export const GENESIS = '0'.repeat(64) as Hash;

/** A value as canonical JSON: RFC 8785, https://www.rfc-editor.org/rfc/rfc8785 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('cannot hash a value that has no JSON form');
  return text;
}

/** The input of `payloadHash`: `{"payload":…,"salt":…}` in canonical JSON. */
export const payloadText = (payload: unknown, salt: string): string => canonicalJson({ payload, salt });

/** The input of `hash`: the entry without `salt`, `payload` and `hash`, in canonical JSON. */
export const headText = (head: Head): string => canonicalJson(head);

/**
 * The ledger entry of an accepted change. Pure: the caller gives the time, the salt (at least 128 random bits, as text)
 * and the SHA-256 function.
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
  sha256: (text: string) => Hash,
): Entry {
  const head: Head = {
    seq: link.seq,
    at: authorship.at,
    agency: authorship.agency,
    key: authorship.key,
    kind: change.kind,
    ...(authorship.reason === undefined ? {} : { reason: authorship.reason }),
    ...((authorship.shown ?? link.seq) < link.seq - 1 ? { shown: authorship.shown } : {}),
    payloadHash: sha256(payloadText(change.payload, link.salt)),
    previous: link.previous,
  };
  return { ...head, hash: sha256(headText(head)), salt: link.salt, payload: change.payload };
}

/** `seq` of the last entry that may have been public when an entry was written. */
export const shownBefore = ({ seq, shown = seq - 1 }: Pick<Entry, 'seq' | 'shown'>): number => shown;

/** The change of an entry, or null if its payload was erased. */
export const changeOf = (entry: Entry): Change | null =>
  entry.payload === undefined ? null : ({ kind: entry.kind, payload: entry.payload } as Change);
