import { coded } from '../model/coded.ts';
import { toInstant } from '../model/instant.ts';
import type { Coded } from '../model/messages.ts';
import { ok, type Result, refuse } from '../model/problem.ts';
import { verifyBearer } from '../model/staff/staff-key.ts';
import type { Env } from '../platform/env.ts';
import { readRelease } from '../read/release.ts';
import { callerNetwork } from './caller-network.ts';

/** The period of the rate limiter in wrangler.toml. A caller over its limit must wait this long. */
const BAD_KEYS_PERIOD_SECONDS = 60;

/**
 * Verifies the key of a request, and gives `operator` or the id of an agency's key. A forged key is refused here: it
 * costs no lookup except in the platform's rate limiter, which counts requests with a bad key, by the caller's network.
 */
export async function authenticate(
  request: Request,
  env: Env,
  ctx: ExecutionContext,
): Promise<Result<string>> {
  const header = request.headers.get('Authorization');
  if (header === null || !/^Bearer +\S/i.test(header)) return unauthorized(coded('key-missing'));
  const token = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec(header)?.[1];
  const bearer = token === undefined ? null : await verifyBearer(token, env.OPERATOR_KEY ?? '');
  if (bearer === null) return refuseBadKey(request, env);
  if (bearer.kind === 'operator') return ok('operator');
  const nowMs = Date.now();
  const release = await readRelease(env, ctx, nowMs);
  if (release?.index.revokedKeys.includes(bearer.id)) return unauthorized(coded('key-revoked'));
  const expires = release?.index.expiringKeys?.[bearer.id];
  return expires !== undefined && expires <= toInstant(nowMs)
    ? unauthorized(coded('key-expired', { at: expires }))
    : ok(bearer.id);
}

async function refuseBadKey(request: Request, env: Env): Promise<Result<never>> {
  const address = request.headers.get('CF-Connecting-IP') ?? 'unknown';
  const { success } = await env.BAD_KEYS.limit({ key: callerNetwork(address) });
  return success
    ? unauthorized(coded('key-foreign'))
    : refuse({ kind: 'too-many-bad-keys', status: 429, retryAfterSeconds: BAD_KEYS_PERIOD_SECONDS });
}

const unauthorized = (why: Coded) => refuse({ kind: 'unauthorized', status: 401, ...why });
