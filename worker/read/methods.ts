import { coded } from '../model/coded.ts';
import { PROBLEM_TYPE, problemJson } from '../platform/problem-response.ts';
import { NO_STORE } from './cache-control.ts';
import { COMMON_HEADERS, DATA_HEADERS } from './public-headers.ts';

const ALLOWED = 'GET, HEAD, OPTIONS';

/** Answers OPTIONS (CORS preflights too) and refuses other methods with 405; undefined for GET and HEAD. */
export function answerOtherMethods({ method }: { readonly method: string }): Response | undefined {
  if (method === 'GET' || method === 'HEAD') return undefined;
  return method === 'OPTIONS' ? new Response(null, PREFLIGHT) : new Response(REFUSAL, REFUSED);
}

// https://fetch.spec.whatwg.org/#cors-preflight-fetch : no browser keeps a preflight for more than a day.
const PREFLIGHT: ResponseInit = {
  status: 204,
  headers: new Headers({
    ...COMMON_HEADERS,
    Allow: ALLOWED,
    'Access-Control-Allow-Methods': 'GET, HEAD',
    'Access-Control-Allow-Headers': '*', // public paths need no special header and no credentials
    'Access-Control-Max-Age': '86400',
    'Cache-Control': NO_STORE,
  }),
};

const REFUSAL = new TextEncoder().encode(
  problemJson({
    kind: 'method-not-allowed',
    status: 405,
    allow: ALLOWED.split(', '),
    ...coded('read-only'),
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
