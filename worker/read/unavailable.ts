import { unavailable as built } from '../../dist/build.ts';
import { joinPage, type Shell } from '../pack/format.ts';
import { problemResponse } from '../platform/problem-response.ts';
import { NO_STORE } from './cache-control.ts';
import { DATA_HEADERS, headersFor } from './public-headers.ts';
import { isForPrograms } from './request-path.ts';

/** A page whose one slot is the seconds until it asks again, and its Content-Security-Policy. */
export type UnavailablePage = { readonly page: Shell; readonly policy: string };

/** Where the page may be taken from: in a language or else the site's default one, null where it is not there. */
export type UnavailableSource = { unavailable(language: string): UnavailablePage | null };

const SOONEST_SECONDS = 5;
const LATEST_SECONDS = 15;

/**
 * 503: there is no release to answer from, as before the site opens or if KV gives nothing to a new isolate; or KV does not
 * give a pack of an open site. Readers who came at once are told to come back at different times.
 * @param chance from 0 to below 1
 * @param release the one that has something to say of the site, if there is one
 */
export function unavailable(
  { path, method }: { readonly path: string; readonly method: string },
  chance: number,
  release: UnavailableSource | null,
): Response {
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
  const [, language = ''] = path.split('/', 2);
  const { page, policy } = release?.unavailable(language) ?? builtPage(language);
  return new Response(method === 'HEAD' ? null : joinPage(page, [String(retryAfterSeconds)]), {
    status: 503,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': NO_STORE,
      'Retry-After': String(retryAfterSeconds),
      ...headersFor('page', policy),
    },
  });
}

/** The page as the build knows it, of the seed's name, hotline and languages. */
function builtPage(language: string): UnavailablePage {
  const { pages, defaultLanguage, policy } = built;
  const page = Object.hasOwn(pages, language) ? pages[language] : pages[defaultLanguage];
  return { page: page ?? [], policy };
}
