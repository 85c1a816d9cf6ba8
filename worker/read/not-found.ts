import { USUAL_CACHE_CONTROL } from './cache-control.ts';
import { itemAddress } from './item-page.ts';
import type { LoadedRelease } from './loaded-release.ts';
import { COMMON_HEADERS } from './public-headers.ts';
import type { ReadyAnswer, ReleaseHead } from './ready-document.ts';
import { isForPrograms } from './request-path.ts';

/**
 * The answer for a path without a document: 308 if the path differs from a known one only by its last slash, else 404.
 */
export function redirectOrNotFound(release: LoadedRelease, path: string): ReadyAnswer {
  const target = pathWithOtherSlash(release, path);
  if (target === null) return notFound(release, path);
  const redirect = permanentRedirect(target, release.head);
  release.keep(path, redirect, 0); // at most one for each page
  return redirect;
}

/** 404: for people a page in the path's language with a link home, for programs problem details. */
export function notFound(release: LoadedRelease, path: string): ReadyAnswer {
  if (isForPrograms(path)) return release.notFound.problem;
  const [, first = ''] = path.split('/', 2);
  const { pages, problem } = release.notFound;
  return pages.get(first) ?? pages.get(release.index.defaultLanguage) ?? problem;
}

/**
 * The path with its last slash added (sections end in one) or removed (an item's permalink does not); null if the
 * release does not know that path. Only known paths are returned, so that `//host/` never redirects to another host.
 */
function pathWithOtherSlash(release: LoadedRelease, path: string): string | null {
  const withSlash = `${path}/`;
  const { documents, cold, unrendered } = release;
  if (documents.has(withSlash) || cold.has(withSlash) || unrendered.has(withSlash)) return withSlash;
  const withoutSlash = path.slice(0, -1);
  return path.endsWith('/') && itemAddress(release, withoutSlash) ? withoutSlash : null;
}

/** 308 to a path of this site: permanent, and the client keeps its method (RFC 9110 §15.4.9). */
function permanentRedirect(path: string, { n }: ReleaseHead): ReadyAnswer {
  const headers = new Headers({
    ...COMMON_HEADERS,
    Location: path,
    'Cache-Control': USUAL_CACHE_CONTROL,
    'Nashra-Release': String(n),
  });
  return { answer: () => new Response(null, { status: 308, headers }) };
}
