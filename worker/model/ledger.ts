import canonicalize from 'canonicalize';
import type { Change } from './change.ts';
import type { Instant } from './instant.ts';
import type { AgencyId } from './site.ts';

/** A SHA-256 in hex, 64 characters. */
export type Hash = string & { readonly brand: 'Hash' };

/** Who makes a change: an agency, by one of its keys or by `operator`. Never a person's name. */
export type Author = { readonly agency: AgencyId; readonly key: string };

/** The part of an entry its hash covers. `previous` is the hash of the entry before, 64 zeros for the first. */
export type Head = {
  readonly seq: number;
  readonly at: Instant;
  readonly agency: AgencyId;
  readonly key: string;
  readonly kind: Change['kind'];
  readonly reason?: string;
  readonly payloadHash: Hash;
  readonly previous: Hash;
};

/**
 * An entry of the ledger. The operator may erase `salt` and `payload`: the chain still verifies, because hashes cover
 * the head and the payload's hash; the salt keeps a short payload from being guessed from that hash.
 */
export type Entry = Head & {
  readonly hash: Hash;
  readonly salt?: string;
  readonly payload?: Change['payload'];
};

/** The hash that stands before the first entry. */
export const GENESIS = '0'.repeat(64) as Hash;

/** A value as canonical JSON: RFC 8785, https://www.rfc-editor.org/rfc/rfc8785 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('a value without a JSON form can not be hashed');
  return text;
}

/** What `payloadHash` is the SHA-256 of: `{"payload":…,"salt":…}` in canonical JSON. */
export const payloadText = (payload: unknown, salt: string): string => canonicalJson({ payload, salt });

/** What `hash` is the SHA-256 of: the entry without `salt`, `payload` and `hash`, in canonical JSON. */
export const headText = (head: Head): string => canonicalJson(head);

/**
 * The ledger entry of an accepted change. Pure: the caller reads the clock, draws the salt (at least 128 bits, as
 * text) and brings the SHA-256.
 */
export function toEntry(
  change: Change,
  by: Author & { readonly at: Instant; readonly reason?: string | undefined },
  link: { readonly seq: number; readonly previous: Hash; readonly salt: string },
  sha256: (text: string) => Hash,
): Entry {
  const head: Head = {
    seq: link.seq,
    at: by.at,
    agency: by.agency,
    key: by.key,
    kind: change.kind,
    ...(by.reason === undefined ? {} : { reason: by.reason }),
    payloadHash: sha256(payloadText(change.payload, link.salt)),
    previous: link.previous,
  };
  return { ...head, hash: sha256(headText(head)), salt: link.salt, payload: change.payload };
}

/** The change an entry made, or null once its payload is erased. */
export const changeOf = (entry: Entry): Change | null =>
  entry.payload === undefined ? null : ({ kind: entry.kind, payload: entry.payload } as Change);
