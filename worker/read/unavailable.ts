import { problemResponse } from '../platform/problem-response.ts';
import { NO_STORE } from './cache-control.ts';
import { DATA_HEADERS } from './public-headers.ts';
import { isForPrograms } from './request-path.ts';

const RETRY_AFTER_SECONDS = 10;

/** 503 while there is no release to answer from: before the site opens, or if KV gives nothing to a new isolate. */
export function unavailable(path: string, method: string): Response {
  if (isForPrograms(path))
    return problemResponse(
      {
        kind: 'unavailable',
        status: 503,
        retryAfterSeconds: RETRY_AFTER_SECONDS,
        detail: 'The bulletin can not be read just now. Please try again in a moment.',
      },
      DATA_HEADERS,
    );
  return new Response(method === 'HEAD' ? null : PAGE, {
    status: 503,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': NO_STORE,
      'Retry-After': String(RETRY_AFTER_SECONDS),
      ...DATA_HEADERS,
    },
  });
}

// Which languages the site has is not known here, so it says it in the two it began with, and asks again by itself.
const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="${RETRY_AFTER_SECONDS}">
<title>503</title>
<p lang="ar" dir="rtl">النشرة غير متاحة الآن. يرجى المحاولة بعد قليل.</p>
<p>The bulletin is not available just now. Please try again in a moment.</p>
</html>
`;
