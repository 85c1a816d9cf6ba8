import { NO_STORE } from './cache-control.ts';
import { COMMON_HEADERS } from './public-headers.ts';

// The names that scripts/build-client.ts gives. Wider than its own, because another build may use other lengths.
const HASHED = /^\/assets\/(.+)-[A-Za-z0-9_]{8,16}(\.[A-Za-z0-9.]+)$/;

/**
 * This build's path of a file that a page of another build asks for; null if this build has no such file or the path is
 * already right. A request for a file of this build never reaches the Worker, so the path has another build's hash.
 * @param assets this build's paths, by name without the hash
 */
export function buildAsset(assets: Readonly<Record<string, string>>, path: string): string | null {
  const [, name, extension] = HASHED.exec(path) ?? [];
  const plainName = name === undefined ? path.slice('/assets/'.length) : `${name}${extension}`;
  const currentPath = Object.hasOwn(assets, plainName) ? assets[plainName] : undefined;
  return currentPath === undefined || currentPath === path ? null : currentPath;
}

/** 302 to a file of this build. It is not stored, because the next build may have another path. */
export const redirectToAsset = (path: string): Response =>
  new Response(null, {
    status: 302,
    headers: { ...COMMON_HEADERS, Location: path, 'Cache-Control': NO_STORE },
  });
