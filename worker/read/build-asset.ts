import { NO_STORE } from './cache-control.ts';
import { EVERYWHERE } from './public-headers.ts';

// As scripts/build-client.ts names them; a little wider, because another build may have named them otherwise.
const HASHED = /^\/assets\/(.+)-[A-Za-z0-9_]{8,16}(\.[A-Za-z0-9.]+)$/;

/**
 * The file of this build that a page of another build means, or null. Files that are there never reach the Worker;
 * one that is not bears the hash of a build before or after.
 * @param assets names without a hash, and the paths they have now
 */
export function buildAsset(assets: Readonly<Record<string, string>>, path: string): string | null {
  const [, name, extension] = HASHED.exec(path) ?? [];
  const plain = name === undefined ? path.slice('/assets/'.length) : `${name}${extension}`;
  const now = Object.hasOwn(assets, plain) ? assets[plain] : undefined;
  return now === undefined || now === path ? null : now;
}

/** 302 to a file of this build; not stored, because the next build may mean another. */
export const foundAt = (path: string): Response =>
  new Response(null, {
    status: 302,
    headers: { ...EVERYWHERE, Location: path, 'Cache-Control': NO_STORE },
  });
