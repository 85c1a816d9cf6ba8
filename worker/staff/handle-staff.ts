import { coded } from '../model/coded.ts';
import { type Problem, type Result, refuse } from '../model/problem.ts';
import { CSV_TYPE, mediaTypesOf } from '../model/staff/media-types.ts';
import type { StaffAnswer, StaffCall, StaffRoute } from '../model/staff/request.ts';
import { requestFingerprint } from '../model/staff/request-fingerprint.ts';
import { isSecureAddress } from '../model/staff/secure-address.ts';
import type { Env } from '../platform/env.ts';
import { problemResponse } from '../platform/problem-response.ts';
import { STRICT_TRANSPORT } from '../platform/strict-transport.ts';
import { authenticate } from './authenticate.ts';
import { csvBody } from './csv-body.ts';
import { excessFaults } from './excess-faults.ts';
import { parseBody } from './parse-body.ts';
import { bodyRateProblem, rateProblem, sizeBytesOf } from './rate.ts';
import { mediaTypeOf, readBody } from './read-body.ts';
import { routeOf } from './routes.ts';

/**
 * The headers of every answer of the write plane: no cache stores it, no page frames it, no browser guesses its type.
 */
const HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Type': 'application/json; charset=utf-8',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  ...STRICT_TRANSPORT,
} as const;

/**
 * Handles a staff call. It is checked here in the contract's order: https, the key and its rate, the path, the method,
 * the size and form of the body. Only then does it go to the Newsroom, which checks rights, content and preconditions.
 */
export async function handleStaff(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
  if (!isSecureAddress(request.url)) return refusal(SENT_IN_CLEAR);
  const caller = await authenticate(request, env, ctx);
  if (!caller.ok) return refusal(caller.problem);
  const overRate = await rateProblem(caller.value, env);
  if (overRate) return refusal(overRate);
  const route = routeOf(request);
  if (!route.ok) return refusal(route.problem);
  const body = await readBody(request, mediaTypesOf(route.value.kind));
  if (!body.ok) return refusal(body.problem);
  const bodyBytes = sizeBytesOf(body.value);
  const overBytes = await bodyRateProblem(caller.value, bodyBytes, env);
  if (overBytes) return refusal(overBytes);
  const idempotencyKey = idempotencyKeyOf(request);
  if (!idempotencyKey.ok) return refusal(idempotencyKey.problem);
  const headers = {
    agency: request.headers.get('Nashra-Agency'),
    idempotencyKey: idempotencyKey.value,
    ifMatch: request.headers.get('If-Match'),
  };
  const call = {
    route: route.value,
    key: caller.value,
    ...headers,
    ...checkedBody(route.value, headers, jsonOf(request, body.value)),
    bodyBytes,
  };
  return respond(await callNewsroom(env, call), request.method);
}

/** The text of a body as JSON: a file of figures in CSV stands for some. */
const jsonOf = (request: Request, text: string | null): string | null =>
  text !== null && mediaTypeOf(request) === CSV_TYPE ? csvBody(text, request.url) : text;

/** A body with what can be said of it here, where the time this takes is the caller's and not the one writer's. */
function checkedBody(
  route: StaffRoute,
  headers: Pick<StaffCall, 'agency' | 'idempotencyKey' | 'ifMatch'>,
  text: string | null,
): Pick<StaffCall, 'body' | 'malformed' | 'excess' | 'fingerprint'> {
  const parsed = parseBody(route.kind, text);
  if (!parsed.ok) return { body: null, malformed: parsed.problem, excess: [] };
  return {
    body: text,
    excess: excessFaults(route.kind, parsed.value),
    ...(headers.idempotencyKey === null
      ? {}
      : { fingerprint: requestFingerprint({ route, ...headers, body: text }, parsed.value) }),
  };
}

/**
 * The refusal of a call over plain http. The key is not looked at, so that the answer tells whoever listens nothing
 * about it. The call is refused, not redirected: a redirect would hide that the key went over the network in clear.
 */
const SENT_IN_CLEAR: Problem = {
  kind: 'forbidden',
  status: 403,
  ...coded('https-needed'),
};

/**
 * The Newsroom's answer to a call. 503 if the Newsroom cannot be reached or dies during the call: then nobody knows
 * whether the call took effect.
 */
async function callNewsroom(env: Env, call: StaffCall): Promise<StaffAnswer> {
  try {
    return await env.NEWSROOM.getByName('newsroom').call(call);
  } catch (error) {
    console.error('the Newsroom did not answer', call.route.kind, error);
    return refuse({
      kind: 'unavailable',
      status: 503,
      retryAfterSeconds: 2,
      ...coded('newsroom-silent'),
    });
  }
}

function respond(answer: StaffAnswer, method: string): Response {
  if (!answer.ok) return refusal(answer.problem);
  const headers = new Headers(HEADERS);
  if (answer.version !== undefined) headers.set('ETag', `"${answer.version}"`);
  if (answer.location !== undefined && answer.status !== 200) headers.set('Location', answer.location);
  return new Response(method === 'HEAD' ? null : answer.body, { status: answer.status, headers });
}

const refusal = (problem: Problem): Response => problemResponse(problem, { 'Cache-Control': 'no-store' });

/**
 * The Idempotency-Key of a request, at most 255 visible ASCII characters; null if there is none.
 * draft-ietf-httpapi-idempotency-key-header leaves the form of the key to the server.
 */
function idempotencyKeyOf(request: Request): Result<string | null> {
  const key = request.headers.get('Idempotency-Key');
  if (key === null || /^[\x21-\x7e]{1,255}$/.test(key)) return { ok: true, value: key };
  return refuse({
    kind: 'malformed',
    status: 400,
    ...coded('idempotency-form'),
  });
}
