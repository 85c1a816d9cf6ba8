import { PROBLEM_TYPE, problemJson } from '../platform/problem-response.ts';
import { NO_STORE } from './cache-control.ts';
import { DATA_HEADERS, EVERYWHERE } from './public-headers.ts';

const ALLOWED = 'GET, HEAD, OPTIONS';

/** Answers OPTIONS (a CORS preflight among them) and refuses whatever is not reading; undefined lets GET and HEAD by. */
export function onlyReading({ method }: { readonly method: string }): Response | undefined {
  if (method === 'GET' || method === 'HEAD') return undefined;
  return method === 'OPTIONS' ? new Response(null, PREFLIGHT) : new Response(REFUSAL, REFUSED);
}

// https://fetch.spec.whatwg.org/#cors-preflight-fetch : a day is more than browsers remember it for.
const PREFLIGHT: ResponseInit = {
  status: 204,
  headers: new Headers({
    ...EVERYWHERE,
    Allow: ALLOWED,
    'Access-Control-Allow-Methods': 'GET, HEAD',
    'Access-Control-Allow-Headers': '*', // nothing reads them, and there are no credentials
    'Access-Control-Max-Age': '86400',
    'Cache-Control': NO_STORE,
  }),
};

const REFUSAL = new TextEncoder().encode(
  problemJson({
    kind: 'method-not-allowed',
    status: 405,
    allow: ALLOWED.split(', '),
    detail: 'This path can only be read.',
  }),
);

const REFUSED: ResponseInit = {
  status: 405,
  headers: new Headers({
    ...DATA_HEADERS,
    Allow: ALLOWED,
    'Content-Type': PROBLEM_TYPE,
    'Cache-Control': NO_STORE,
  }),
};
