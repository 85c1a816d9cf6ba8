import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { canonicalJson } from '../../model/ledger.ts';
import { digestOf } from '../documents/rendered.ts';

/** A public key as a JWK (RFC 7517; Ed25519: RFC 8037 §2). `kid` is the thumbprint of the key (RFC 7638). */
export type PublicKey = {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid: string;
  readonly use: 'sig';
  readonly alg: 'EdDSA';
};

/** A text that is signed, or not: a JWS in its flattened JSON form (RFC 7515 §7.2.2), or its payload alone. */
export type Signed = { readonly payload: string; readonly protected?: string; readonly signature?: string };

/** A key that signs releases. */
export type SigningKey = { readonly publicKey: PublicKey; readonly sign: (payload: string) => Signed };

/** The secret holds the seed of a key (RFC 8032 §5.1.5), 32 bytes, as 43 characters of base64url. */
const FORM = /^[A-Za-z0-9_-]{43}$/;
/** What a PKCS #8 of an Ed25519 key has before the seed: https://www.rfc-editor.org/rfc/rfc8410#section-7 */
const PKCS8_HEAD = Uint8Array.fromHex('302e020100300506032b657004220420');

/**
 * The keys in the secret: the one that signs first, then, during a rotation, the old one. Empty if there is no secret,
 * or if it has another form: then releases are not signed.
 */
export function signingKeys(secret: string | undefined): readonly SigningKey[] {
  const seeds = (secret ?? '').split(',').map((seed) => seed.trim());
  return seeds.length <= 2 && seeds.every((seed) => FORM.test(seed)) ? seeds.map(signingKey) : [];
}

/** The ids of keys, by commas. */
export const keyIds = (keys: readonly SigningKey[]): string =>
  keys.map(({ publicKey }) => publicKey.kid).join();

/** A payload that nobody has signed, in the same form. */
export const unsigned = (payload: string): Signed => ({ payload: base64url(payload) });

function signingKey(seed: string): SigningKey {
  const seedBytes = Uint8Array.fromBase64(seed, { alphabet: 'base64url' });
  const privateKey = createPrivateKey({
    key: Uint8Array.of(...PKCS8_HEAD, ...seedBytes),
    format: 'der',
    type: 'pkcs8',
  });
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  const key = { crv: 'Ed25519', kty: 'OKP', x } as const;
  const kid = digestOf(canonicalJson(key));
  const head = base64url(canonicalJson({ alg: 'EdDSA', kid }));
  return {
    publicKey: { ...key, kid, use: 'sig', alg: 'EdDSA' },
    sign: (text) => {
      const payload = base64url(text);
      const signature = sign(null, encoder.encode(`${head}.${payload}`), privateKey);
      return { payload, protected: head, signature: toBase64url(signature) };
    },
  };
}

const encoder = new TextEncoder();
const toBase64url = (bytes: Uint8Array): string =>
  new Uint8Array(bytes).toBase64({ alphabet: 'base64url', omitPadding: true });
const base64url = (text: string): string => toBase64url(encoder.encode(text));
