import { createHash } from 'node:crypto';
import type { Json } from '../json.ts';
import { canonicalJson } from '../ledger.ts';
import type { StaffCall } from './request.ts';

/**
 * The fingerprint of a request that may be sent again: a SHA-256 in hex. Bodies are equal if their canonical JSON is: a
 * client that starts again may order its fields in another way.
 * @param body the parsed body; null if it can't be read
 */
export function requestFingerprint(
  call: Pick<StaffCall, 'route' | 'agency' | 'ifMatch' | 'body'>,
  body: Json,
): string {
  // Stored for 7 days, across deploys: the fingerprint of a request must never change.
  const route = { kind: call.route.kind, ...call.route.params };
  const request = [route, call.agency, call.ifMatch, canonicalOrText(body, call.body)];
  return createHash('sha256').update(JSON.stringify(request)).digest('hex');
}

// 1e999 and half of a surrogate pair have no canonical form. Validation refuses such bodies later.
function canonicalOrText(body: Json, text: string | null): string | null {
  try {
    return canonicalJson(body);
  } catch {
    return text;
  }
}
