import { coded } from '../model/coded.ts';
import { codedFault } from '../model/coded-fault.ts';
import type { Coded } from '../model/messages.ts';
import { cut, cutParams, type Fault, type Problem } from '../model/problem.ts';
import { STRICT_TRANSPORT } from './strict-transport.ts';

/** The media type of problem details. */
export const PROBLEM_TYPE = 'application/problem+json';

/**
 * Turns a refusal into a response with problem details: RFC 9457, https://www.rfc-editor.org/rfc/rfc9457.
 * @param headers further headers, such as CORS for answers to the public
 */
export function problemResponse(problem: Problem, headers?: Readonly<Record<string, string>>): Response {
  return new Response(problemJson(problem), {
    status: problem.status,
    headers: {
      'Content-Type': PROBLEM_TYPE,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      ...STRICT_TRANSPORT,
      ...headersOf(problem),
      ...headers,
    },
  });
}

/**
 * The problem details of a refusal, as JSON. `type` is about:blank, so `title` is the reason phrase of the status
 * (RFC 9457 §4.2.1), and `code`, `params`, `detail` and `errors` say what is wrong in this case.
 */
export function problemJson(problem: Problem): string {
  // A Newsroom of an older version, in the minute of a deploy, sends no code.
  const { code, params = {}, detail } = messageOf(problem);
  const body = {
    type: 'about:blank',
    title: TITLES[problem.status],
    status: problem.status,
    detail: cut(detail, MAX_DETAIL),
    ...(code === undefined ? {} : { code, params: cutParams(params, MAX_PARAM) }),
    ...(problem.kind === 'invalid' ? { errors: allErrors(problem) } : {}),
    ...(problem.kind === 'doubtful' ? { notes: problem.notes } : {}),
    ...(problem.kind === 'malformed' && problem.errors ? { errors: problem.errors } : {}),
  };
  return `${JSON.stringify(body)}\n`;
}

const allErrors = ({ errors, more }: Extract<Problem, { kind: 'invalid' }>): readonly Fault[] =>
  more > 0 ? [...errors, codedFault('#', 'faults-more', { count: more })] : errors;

// Reason phrases: https://www.iana.org/assignments/http-status-codes
const TITLES: Readonly<Record<Problem['status'], string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** The most characters of a detail, and of what it quotes of a header: paths and headers may be of any length. */
const MAX_DETAIL = 1_000;
/** The most characters of a parameter: `detail` has more of it. */
const MAX_PARAM = 200;
const MAX_QUOTED = 100;

function messageOf(problem: Problem): Partial<Coded> & Pick<Coded, 'detail'> {
  switch (problem.kind) {
    case 'version-conflict':
      return coded('version-other', { sent: cut(problem.sent, MAX_QUOTED), current: problem.current });
    case 'too-large':
      return coded('body-too-large', { most: problem.limitBytes });
    case 'invalid':
      return coded(problem.more > 0 ? 'body-faults-more' : 'body-faults', {
        count: problem.errors.length + problem.more,
      });
    case 'doubtful':
      return coded(problem.hasMore ? 'figures-doubtful-more' : 'figures-doubtful');
    case 'too-many-bad-keys':
      return coded('bad-keys', { seconds: problem.retryAfterSeconds });
    default:
      return problem;
  }
}

// The headers that HTTP requires for a status: RFC 9110 §11.6.1, §15.5.6 and §10.2.3.
function headersOf(problem: Problem): Readonly<Record<string, string>> {
  switch (problem.kind) {
    case 'unauthorized':
      return { 'WWW-Authenticate': 'Bearer' };
    case 'method-not-allowed':
      return { Allow: problem.allow.join(', ') };
    case 'too-many-bad-keys':
    case 'too-many-calls':
    case 'unavailable':
      return { 'Retry-After': String(problem.retryAfterSeconds) };
    default:
      return {};
  }
}
