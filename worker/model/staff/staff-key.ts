import { timingSafeEqual } from 'node:crypto';

/**
 * Staff keys. The operator's is `OPERATOR_KEY` itself; an agency's is `nashra_{id}_{signature}`, where the signature
 * is HMAC-SHA-256 (RFC 2104) of the id under a key derived from `OPERATOR_KEY`: the Worker can refuse a forged key
 * without asking anyone. Taking an operator key out of the secret revokes all agency keys it signed.
 */
export type KeyId = string & { readonly brand: 'KeyId' };

/** What a Bearer token proved to be. */
export type Bearer = { readonly kind: 'operator' } | { readonly kind: 'agency'; readonly id: KeyId };

const FORM = /^nashra_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;
const OPERATOR_FORM = /^[A-Za-z0-9_-]{43}$/;
const PURPOSE = 'nashra staff keys, version 1';

const encoder = new TextEncoder();

/** The operator keys that a secret holds: the new one first, then the old one while rotating. */
export const operatorKeys = (secret: string): readonly string[] =>
  secret
    .split(',')
    .map((key) => key.trim())
    .filter((key) => OPERATOR_FORM.test(key))
    .slice(0, 2);

/** A new agency key: its id from 8 random bytes, signed with the newest operator key of the secret. */
export async function issueKey(
  secret: string,
  random: Uint8Array,
): Promise<{ readonly id: KeyId; readonly token: string }> {
  const [newest] = operatorKeys(secret);
  if (!newest) throw new Error('OPERATOR_KEY holds no key of 43 base64url characters');
  const id = [...random.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('') as KeyId;
  const signature = await crypto.subtle.sign('HMAC', await signingKey(newest), encoder.encode(id));
  return { id, token: `nashra_${id}_${base64url(new Uint8Array(signature))}` };
}

/**
 * What a Bearer token proves, or null for a forged or malformed one. Comparisons take the same time however much of
 * a guess is right.
 */
export async function verifyBearer(token: string, secret: string): Promise<Bearer | null> {
  const keys = operatorKeys(secret);
  const agency = FORM.exec(token);
  const [, id, signature] = agency ?? [];
  if (id && signature) {
    const bytes = fromBase64url(signature);
    for (const key of keys)
      if (await crypto.subtle.verify('HMAC', await signingKey(key), bytes, encoder.encode(id)))
        return { kind: 'agency', id: id as KeyId };
    return null;
  }
  let operator = false;
  for (const key of keys) operator = (await sameText(token, key)) || operator;
  return operator ? { kind: 'operator' } : null;
}

// timingSafeEqual throws where lengths differ, so hashes are compared.
async function sameText(a: string, b: string): Promise<boolean> {
  const [x, y] = await Promise.all(
    [a, b].map((text) => crypto.subtle.digest('SHA-256', encoder.encode(text))),
  );
  return x !== undefined && y !== undefined && timingSafeEqual(new Uint8Array(x), new Uint8Array(y));
}

const signingKeys = new Map<string, Promise<CryptoKey>>();

// Derived, so that the operator's own token is never itself used to sign: RFC 5869 (HKDF).
function signingKey(operatorKey: string): Promise<CryptoKey> {
  const known = signingKeys.get(operatorKey);
  if (known) return known;
  const made = crypto.subtle
    .importKey('raw', encoder.encode(operatorKey), 'HKDF', false, ['deriveKey'])
    .then((material) =>
      crypto.subtle.deriveKey(
        { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: encoder.encode(PURPOSE) },
        material,
        { name: 'HMAC', hash: 'SHA-256', length: 256 },
        false,
        ['sign', 'verify'],
      ),
    );
  signingKeys.set(operatorKey, made);
  return made;
}

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const fromBase64url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
