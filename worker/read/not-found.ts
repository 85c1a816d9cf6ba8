import { USUAL_CACHE_CONTROL } from './cache-control.ts';
import { itemAddress } from './item-page.ts';
import type { LoadedRelease } from './loaded-release.ts';
import { EVERYWHERE } from './public-headers.ts';
import type { Ready, ReleaseHead } from './ready-document.ts';
import { isForPrograms } from './request-path.ts';

/** The answer where nothing is at a path: the way to the path that was meant, or 404. */
export function elsewhere(release: LoadedRelease, path: string): Ready {
  const meant = meantPath(release, path);
  if (meant === null) return notFound(release, path);
  const moved = movedTo(meant, release.head);
  release.keep(path, moved, 0); // as many as there are pages
  return moved;
}

/** 404: a page in the path's language with a way home, problem details for programs. */
export function notFound(release: LoadedRelease, path: string): Ready {
  if (isForPrograms(path)) return release.notFound.problem;
  const [, first = ''] = path.split('/', 2);
  const { pages, problem } = release.notFound;
  return pages.get(first) ?? pages.get(release.index.defaultLanguage) ?? problem;
}

/**
 * The path that was meant: sections end in a slash, an item's permalink does not. Null where there is none.
 * Only paths the release knows are ever named, so nobody is sent to another host by `//host/`.
 */
function meantPath(release: LoadedRelease, path: string): string | null {
  const withSlash = `${path}/`;
  if (release.documents.has(withSlash) || release.cold.has(withSlash)) return withSlash;
  const withoutSlash = path.slice(0, -1);
  return path.endsWith('/') && itemAddress(release, withoutSlash) ? withoutSlash : null;
}

/** 308 to a path of this site: the same method again, and for good (RFC 9110 §15.4.9). */
function movedTo(path: string, { n }: ReleaseHead): Ready {
  const headers = new Headers({
    ...EVERYWHERE,
    Location: path,
    'Cache-Control': USUAL_CACHE_CONTROL,
    'Nashra-Release': String(n),
  });
  return { answer: () => new Response(null, { status: 308, headers }) };
}
