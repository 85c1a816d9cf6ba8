import { problemResponse } from '../platform/problem-response.ts';
import { NO_STORE } from './cache-control.ts';
import { DATA_HEADERS, EVERYWHERE } from './public-headers.ts';

const ALLOWED = ['GET', 'HEAD', 'OPTIONS'] as const;

/** Answers OPTIONS (a CORS preflight among them) and refuses whatever is not reading; undefined lets GET and HEAD by. */
export function onlyReading({ method }: Request): Response | undefined {
  if (method === 'GET' || method === 'HEAD') return undefined;
  if (method === 'OPTIONS') return preflight();
  return problemResponse(
    {
      kind: 'method-not-allowed',
      status: 405,
      allow: ALLOWED,
      detail: 'This path can only be read.',
    },
    DATA_HEADERS,
  );
}

// https://fetch.spec.whatwg.org/#cors-preflight-fetch : a day is more than browsers remember it for.
const preflight = (): Response =>
  new Response(null, {
    status: 204,
    headers: {
      ...EVERYWHERE,
      Allow: ALLOWED.join(', '),
      'Access-Control-Allow-Methods': 'GET, HEAD',
      'Access-Control-Allow-Headers': 'If-None-Match',
      'Access-Control-Max-Age': '86400',
      'Cache-Control': NO_STORE,
    },
  });
