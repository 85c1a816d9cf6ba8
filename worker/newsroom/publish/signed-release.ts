import type { Instant } from '../../model/instant.ts';
import { canonicalJson, type Hash } from '../../model/ledger.ts';
import { homePath, KEYS_PATH, SIGNED_RELEASE_PATH } from '../../model/path.ts';
import { jsonText } from '../../render/document.ts';
import { type PackedList, type PathDigest, toDigests } from '../documents/digest-list.ts';
import type { ReleaseDocument } from '../documents/document-store.ts';
import { contentDigest, digestOf, type Rendered, toRendered } from '../documents/rendered.ts';
import { type SigningKey, unsigned } from './signing-keys.ts';

/** What a signed release says besides the digests of what it shows. */
export type ReleaseFacts = {
  readonly release: number;
  readonly publishedAt: Instant;
  /** The release's boundary: a newer release follows then, so this one is out of date. */
  readonly until: Instant;
  /** The digest of the payload of the release before, or null. A release that never became public may be left out. */
  readonly previous: string | null;
  /** The last entry of the ledger that the release shows. */
  readonly ledger: { readonly seq: number; readonly hash: Hash };
};

/** The documents that say what a release is, and the digest of the payload. */
export type SignedRelease = {
  readonly documents: readonly ReleaseDocument[];
  readonly payloadDigest: string;
};

/**
 * The signed list of all that a release shows, and the keys that verify it. Without a key the list has no signature.
 * @param digests of the documents in the release itself
 * @param lists the lists of the digests of everything else
 */
export function signRelease(
  keys: readonly SigningKey[],
  facts: ReleaseFacts,
  digests: readonly PathDigest[],
  lists: readonly PackedList[],
  defaultLanguage: string,
): SignedRelease {
  const keySet = madeDocument(KEYS_PATH, 'application/jwk-set+json', jsonText(keySetOf(keys)), null);
  const home = digests.find(({ path }) => path === homePath(defaultLanguage));
  const payload = canonicalJson({
    ...facts,
    documents: toDigests([
      ...digests,
      ...(home ? [{ ...home, path: '/' }] : []),
      { path: KEYS_PATH, digest: contentDigest(keySet.rendered) },
      ...lists,
    ]),
    lists: lists.map(({ path }) => path),
  });
  const [key] = keys;
  const signed = key ? key.sign(payload) : unsigned(payload);
  const release = madeDocument(
    SIGNED_RELEASE_PATH,
    'application/jose+json',
    jsonText(signed),
    facts.publishedAt,
  );
  return { documents: [keySet, release], payloadDigest: digestOf(payload) };
}

/**
 * The public keys, as a JWK Set (RFC 7517 §5). During a rotation `rotation` is a JWS by the old key over the `kid` of
 * the new one: who trusts the old key can trust the new one.
 */
function keySetOf(keys: readonly SigningKey[]): object {
  const [key, old] = keys;
  const rotation = key && old ? { rotation: old.sign(canonicalJson({ successor: key.publicKey.kid })) } : {};
  return { keys: keys.map(({ publicKey }) => publicKey), ...rotation };
}

/** A document of a release that no template renders. `modified`: as in `Rendered`. */
export function madeDocument(
  path: string,
  type: string,
  content: string,
  modified: Instant | null,
): ReleaseDocument {
  const rendered: Rendered = toRendered(content, { stamp: '', type, pack: 'series' });
  return { path, pack: 'release', audience: 'data', rendered: { ...rendered, modified } };
}
