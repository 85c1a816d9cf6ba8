import { type Problem, type Result, refuse } from '../model/problem.ts';
import { type StaffCallKind, staffCall } from '../model/staff/calls.ts';
import type { StaffAnswer, StaffCall } from '../model/staff/request.ts';
import type { Env } from '../platform/env.ts';
import { problemResponse } from '../platform/problem-response.ts';
import { authenticate } from './authenticate.ts';
import { readBody } from './read-body.ts';
import { routeOf } from './routes.ts';

/** Every answer of the write plane: never stored, never shared, never read as anything but what it says it is. */
const HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Type': 'application/json; charset=utf-8',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
} as const;

/**
 * A staff call, checked in the contract's order: the key; then the path, the method; then the body's size and form.
 * Only then is the Newsroom asked, which checks rights, content and preconditions.
 */
export async function handleStaff(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
  const caller = await authenticate(request, env, ctx);
  if (!caller.ok) return problem(caller.problem);
  const route = routeOf(request);
  if (!route.ok) return problem(route.problem);
  const body = await readBody(request, mediaTypesOf(route.value.kind));
  if (!body.ok) return problem(body.problem);
  const idempotencyKey = idempotencyKeyOf(request);
  if (!idempotencyKey.ok) return problem(idempotencyKey.problem);
  const answer = await askNewsroom(env, {
    route: route.value,
    key: caller.value,
    agency: request.headers.get('Nashra-Agency'),
    idempotencyKey: idempotencyKey.value,
    ifMatch: request.headers.get('If-Match'),
    body: body.value,
  });
  return respond(answer, request.method);
}

/** The media types that a call's body may have: a merge patch has one of its own too (RFC 7396 §4). */
const mediaTypesOf = (kind: StaffCallKind): readonly string[] =>
  staffCall(kind).method === 'PATCH'
    ? ['application/json', 'application/merge-patch+json']
    : ['application/json'];

/** The Newsroom's answer; 503 where it died over it or can't be reached, and nobody knows what became of the call. */
async function askNewsroom(env: Env, call: StaffCall): Promise<StaffAnswer> {
  try {
    return await env.NEWSROOM.getByName('newsroom').call(call);
  } catch (error) {
    console.error('the Newsroom did not answer', call.route.kind, error);
    return refuse({
      kind: 'unavailable',
      status: 503,
      retryAfterSeconds: 2,
      detail:
        'The Newsroom did not answer, and may or may not have taken this: send it again with its Idempotency-Key.',
    });
  }
}

function respond(answer: StaffAnswer, method: string): Response {
  if (!answer.ok) return problem(answer.problem);
  const headers = new Headers(HEADERS);
  if (answer.version !== undefined) headers.set('ETag', `"${answer.version}"`);
  if (answer.location !== undefined && answer.status !== 200) headers.set('Location', answer.location);
  return new Response(method === 'HEAD' ? null : answer.body, { status: answer.status, headers });
}

const problem = (what: Problem): Response => problemResponse(what, { 'Cache-Control': 'no-store' });

/** At most 255 visible ASCII characters: draft-ietf-httpapi-idempotency-key-header leaves the form to the server. */
function idempotencyKeyOf(request: Request): Result<string | null> {
  const key = request.headers.get('Idempotency-Key');
  if (key === null || /^[\x21-\x7e]{1,255}$/.test(key)) return { ok: true, value: key };
  return refuse({
    kind: 'malformed',
    status: 400,
    detail: 'the header Idempotency-Key must be 1 to 255 visible ASCII characters',
  });
}
