import { unavailable as built } from '../../dist/build.ts';
import { coded } from '../model/coded.ts';
import { joinPage, type Shell } from '../pack/format.ts';
import { problemResponse } from '../platform/problem-response.ts';
import { NO_STORE } from './cache-control.ts';
import { DATA_HEADERS, headersFor } from './public-headers.ts';
import { isForPrograms } from './request-path.ts';

/** A page and its Content-Security-Policy. The page's one slot is the number of seconds until it reloads itself. */
export type UnavailablePage = { readonly page: Shell; readonly policy: string };

/** Gives the page in a language, or else in the site's default one; null if it has no such page. */
export type UnavailableSource = { unavailable(language: string): UnavailablePage | null };

const SHORTEST_SECONDS = 5;
const LONGEST_SECONDS = 15;

/**
 * 503: there is no release (the site is not open yet, or KV gives nothing to a new isolate), or KV does not give a pack
 * of an open site. `Retry-After` is random, so that readers who came together do not come back together.
 * @param chance from 0 to below 1
 * @param release the release in memory, if there is one: its page has the site's name and hotline
 */
export function unavailable(
  { path, method }: { readonly path: string; readonly method: string },
  chance: number,
  release: UnavailableSource | null,
): Response {
  const retryAfterSeconds = SHORTEST_SECONDS + Math.floor(chance * (LONGEST_SECONDS - SHORTEST_SECONDS + 1));
  if (isForPrograms(path))
    return problemResponse(
      {
        kind: 'unavailable',
        status: 503,
        retryAfterSeconds,
        ...coded('bulletin-unavailable'),
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

/** The page of the build, with the seed's name, hotline and languages. */
function builtPage(language: string): UnavailablePage {
  const { pages, defaultLanguage, policy } = built;
  const page = Object.hasOwn(pages, language) ? pages[language] : pages[defaultLanguage];
  return { page: page ?? [], policy };
}
