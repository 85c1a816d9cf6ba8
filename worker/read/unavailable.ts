import { problemResponse } from '../platform/problem-response.ts';
import { NO_STORE } from './cache-control.ts';
import { DATA_HEADERS } from './public-headers.ts';
import { isForPrograms } from './request-path.ts';

const SOONEST_SECONDS = 5;
const LATEST_SECONDS = 15;

/**
 * 503 while there is no release to answer from: before the site opens, or if KV gives nothing to a new isolate. Readers
 * who came at once are told to come back at different times.
 * @param chance from 0 to below 1
 */
export function unavailable(path: string, method: string, chance: number): Response {
  const retryAfterSeconds = SOONEST_SECONDS + Math.floor(chance * (LATEST_SECONDS - SOONEST_SECONDS + 1));
  if (isForPrograms(path))
    return problemResponse(
      {
        kind: 'unavailable',
        status: 503,
        retryAfterSeconds,
        detail: 'The bulletin can not be read just now. Please try again in a moment.',
      },
      DATA_HEADERS,
    );
  return new Response(method === 'HEAD' ? null : page(retryAfterSeconds), {
    status: 503,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': NO_STORE,
      'Retry-After': String(retryAfterSeconds),
      ...DATA_HEADERS,
    },
  });
}

// Which languages the site has is not known here, so it says it in the two it began with, and asks again by itself.
const page = (retryAfterSeconds: number): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="${retryAfterSeconds}">
<title>503</title>
<p lang="ar" dir="rtl">النشرة غير متاحة الآن. يرجى المحاولة بعد قليل.</p>
<p>The bulletin is not available just now. Please try again in a moment.</p>
</html>
`;
