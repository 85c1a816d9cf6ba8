import canonicalize from 'canonicalize';
import type { Change } from './change.ts';
import type { Instant } from './instant.ts';
import type { AgencyId } from './site.ts';

/** A SHA-256 in hex, 64 characters. */
export type Hash = string & { readonly brand: 'Hash' };

/** The SHA-256 of a text in UTF-8. */
export type Sha256 = (text: string) => Hash;

/** Who makes a change: an agency, and the id of its key or `operator`. Never a person's name. */
export type Author = { readonly agency: AgencyId; readonly key: string };

/** The form of entries whose parts can be erased apart from each other. An entry of the first form has no `form`. */
export const FORM = 2;

/** The part of an entry that its hash covers. `previous` is the hash of the previous entry, 64 zeros for the first. */
export type Head = {
  readonly seq: number;
  readonly at: Instant;
  readonly agency: AgencyId;
  readonly key: string;
  readonly kind: Change['kind'];
  readonly form?: typeof FORM;
  /** Only in the first form: in form 2 `payloadHash` covers the reason, and it can be erased. */
  readonly reason?: string;
  /**
   * `seq` of the last entry that may have been public when this one was written; left out if that is the entry before.
   * What is changed before it was public leaves no correction.
   */
  readonly shown?: number;
  readonly payloadHash: Hash;
  readonly previous: Hash;
};

/** Something for each part of an entry, by name: see `entry-parts.ts`. A part of a group is named in its group. */
export type ByPart<T> = { readonly [name: string]: T | { readonly [name: string]: T } };

/**
 * An entry of the ledger. `hash` covers only the head, with `payloadHash` in it, so the chain verifies without what was
 * erased. Without the salt nobody can guess a short value from its hash.
 *
 * In the first form `payloadHash` covers salt and payload as one, and the operator may erase both together. In form 2
 * it covers each part of payload and reason by itself. Once a part is erased, the salt from which its own was derived
 * is gone too: `salts` has the salts of what is left, `erased` the hashes of what is not.
 */
export type Entry = Head & {
  readonly hash: Hash;
  readonly reason?: string;
  readonly payload?: Change['payload'];
  readonly salt?: string;
  readonly salts?: ByPart<string>;
  readonly erased?: ByPart<Hash>;
};

/** `previous` of the first entry. */
export const GENESIS = '0'.repeat(64) as Hash;

/** A value as canonical JSON: RFC 8785, https://www.rfc-editor.org/rfc/rfc8785 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('cannot hash a value that has no JSON form');
  return text;
}

/** What the hash of an entry covers: all that is never erased. */
export function headOf(entry: Entry): Head {
  const { seq, at, agency, key, kind, form, reason, shown, payloadHash, previous } = entry;
  const head = {
    seq,
    at,
    agency,
    key,
    kind,
    payloadHash,
    previous,
    ...(shown === undefined ? {} : { shown }),
  };
  if (form !== undefined) return { ...head, form };
  return reason === undefined ? head : { ...head, reason };
}

/** The input of `hash`: the head in canonical JSON. */
export const headText = (head: Head): string => canonicalJson(head);

/** `seq` of the last entry that may have been public when an entry was written. */
export const shownBefore = ({ seq, shown = seq - 1 }: Pick<Entry, 'seq' | 'shown'>): number => shown;

/** The change of an entry, without the parts that were erased; null if the whole payload was. */
export const changeOf = (entry: Entry): Change | null =>
  entry.payload === undefined ? null : ({ kind: entry.kind, payload: entry.payload } as Change);
