import { problemResponse } from '../platform/problem-response.ts';
import { USUAL_CACHE_CONTROL } from './cache-control.ts';
import { itemAddress } from './item-page.ts';
import type { LoadedRelease } from './loaded-release.ts';
import { DATA_HEADERS, EVERYWHERE } from './public-headers.ts';
import { isForPrograms } from './request-path.ts';

/** 404: a page in the path's language with a way home, problem details for programs. */
export function notFound(release: LoadedRelease, path: string, request: Request, nowMs: number): Response {
  const [, first = ''] = path.split('/', 2);
  const { languages, defaultLanguage, n } = release.index;
  const page = release.notFound(languages.includes(first) ? first : defaultLanguage);
  if (page && !isForPrograms(path)) return page.content(request, page.bytes, nowMs);
  return problemResponse(
    { kind: 'not-found', status: 404, detail: 'There is nothing at this path.' },
    { ...DATA_HEADERS, 'Nashra-Release': String(n) },
  );
}

/**
 * The path that was meant: sections end in a slash, an item's permalink does not. Null where there is none.
 * Only paths the release knows are ever named, so nobody is sent to another host by `//host/`.
 */
export function meantPath(release: LoadedRelease, path: string): string | null {
  const withSlash = `${path}/`;
  if (release.documents.has(withSlash) || release.cold.has(withSlash)) return withSlash;
  const withoutSlash = path.slice(0, -1);
  return path.endsWith('/') && itemAddress(release, withoutSlash) ? withoutSlash : null;
}

/** 308 to a path of this site: the same method again, and for good (RFC 9110 §15.4.9). */
export const movedTo = (release: LoadedRelease, path: string): Response =>
  new Response(null, {
    status: 308,
    headers: {
      ...EVERYWHERE,
      Location: path,
      'Cache-Control': USUAL_CACHE_CONTROL,
      'Nashra-Release': String(release.index.n),
    },
  });
