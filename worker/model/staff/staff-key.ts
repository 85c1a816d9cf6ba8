import { timingSafeEqual } from 'node:crypto';

/**
 * The id in an agency's key. The key is `nashra_{id}_{signature}`: the signature is HMAC-SHA-256 (RFC 2104) of the id
 * with a key derived from `OPERATOR_KEY`, so the Worker can refuse a forged key without a lookup. Removing an operator
 * key from the secret revokes all agency keys that it signed. The operator's key is `OPERATOR_KEY` itself.
 */
export type KeyId = string & { readonly brand: 'KeyId' };

/** The owner of a verified Bearer token. */
export type Bearer = { readonly kind: 'operator' } | { readonly kind: 'agency'; readonly id: KeyId };

const FORM = /^nashra_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;
const OPERATOR_FORM = /^[A-Za-z0-9_-]{43}$/;
const PURPOSE = 'nashra staff keys, version 1';

const encoder = new TextEncoder();

/** The operator keys in the secret: the new one first, then the old one during a rotation. */
export const operatorKeys = (secret: string): readonly string[] =>
  secret
    .split(',')
    .map((key) => key.trim())
    .filter((key) => OPERATOR_FORM.test(key))
    .slice(0, 2);

/**
 * A new agency key: its id from 8 random bytes, signed with the newest operator key of the secret.
 * @throws if the secret holds no operator key
 */
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
 * Verifies a Bearer token. Null if it is forged or malformed. A comparison takes the same time however many characters
 * of a guess are right.
 */
export async function verifyBearer(token: string, secret: string): Promise<Bearer | null> {
  const keys = operatorKeys(secret);
  const agency = FORM.exec(token);
  const [, id, signature] = agency ?? [];
  if (id && signature) {
    const bytes = fromBase64url(signature);
    // The last character has two bits that no byte holds: one token, one spelling, so that logs and revocation lists agree.
    if (base64url(bytes) !== signature) return null;
    for (const key of keys)
      if (await crypto.subtle.verify('HMAC', await signingKey(key), bytes, encoder.encode(id)))
        return { kind: 'agency', id: id as KeyId };
    return null;
  }
  let isOperator = false;
  for (const key of keys) isOperator = (await sameText(token, key)) || isOperator;
  return isOperator ? { kind: 'operator' } : null;
}

// timingSafeEqual throws if the lengths differ, so it gets hashes of the texts.
async function sameText(a: string, b: string): Promise<boolean> {
  const [x, y] = await Promise.all(
    [a, b].map((text) => crypto.subtle.digest('SHA-256', encoder.encode(text))),
  );
  return x !== undefined && y !== undefined && timingSafeEqual(new Uint8Array(x), new Uint8Array(y));
}

const signingKeys = new Map<string, Promise<CryptoKey>>();

// Derived with HKDF (RFC 5869), so that the operator's token itself never signs.
function signingKey(operatorKey: string): Promise<CryptoKey> {
  const cached = signingKeys.get(operatorKey);
  if (cached) return cached;
  const derived = crypto.subtle
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
  signingKeys.set(operatorKey, derived);
  return derived;
}

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const fromBase64url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
