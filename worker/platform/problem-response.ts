import { cut, type Fault, type Problem } from '../model/problem.ts';
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
 * (RFC 9457 §4.2.1), and `detail` and `errors` say what is wrong in this case.
 */
export function problemJson(problem: Problem): string {
  const body = {
    type: 'about:blank',
    title: TITLES[problem.status],
    status: problem.status,
    detail: cut(detailOf(problem), MAX_DETAIL),
    ...(problem.kind === 'invalid' ? { errors: allErrors(problem) } : {}),
    ...(problem.kind === 'doubtful' ? { notes: problem.notes } : {}),
    ...(problem.kind === 'malformed' && problem.errors ? { errors: problem.errors } : {}),
  };
  return `${JSON.stringify(body)}\n`;
}

const allErrors = ({ errors, more }: Extract<Problem, { kind: 'invalid' }>): readonly Fault[] =>
  more > 0 ? [...errors, { pointer: '#', detail: `and at least ${more} more` }] : errors;

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
const MAX_QUOTED = 100;

function detailOf(problem: Problem): string {
  switch (problem.kind) {
    case 'version-conflict':
      return `If-Match names ${cut(problem.sent, MAX_QUOTED)}, but the current version is ${problem.current}: read it again, then repeat the change.`;
    case 'too-large':
      return `The body is larger than ${problem.limitBytes} bytes: send it in parts.`;
    case 'invalid':
      if (problem.more > 0)
        return `The body has at least ${problem.errors.length + problem.more} faults: see errors for the first.`;
      return problem.errors.length === 1
        ? 'The body has a fault: see errors.'
        : `The body has ${problem.errors.length} faults: see errors.`;
    case 'doubtful':
      return `The figures may be wrong, see notes${problem.hasMore ? ' for the first reasons' : ''}. Correct them, or send the same again with the ids of all notes in confirm, and with a reason.`;
    case 'too-many-bad-keys':
      return `Too many requests with a bad key: wait ${problem.retryAfterSeconds} seconds.`;
    case 'too-many-calls':
      return `${problem.detail}. This call changed nothing: send it again in ${problem.retryAfterSeconds} seconds.`;
    default:
      return problem.detail;
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
