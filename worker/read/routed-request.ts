import type { Env } from '../platform/env.ts';
import type { LoadedRelease } from './loaded-release.ts';
import { requestPath, withoutQuery } from './request-path.ts';

/** A request as the routes see it. */
export type RoutedRequest = {
  readonly method: string;
  /**
   * Without the query string. No public path reads one, and the router would parse it: `?a=1&a=1…` of 16 kB took 40 ms.
   * The write plane reads the query string from `original`.
   */
  readonly url: string;
  /** The path as the client sent it: see `requestPath`. */
  readonly path: string;
  /** When the request came, in milliseconds since 1970. */
  readonly nowMs: number;
  readonly original: Request;
  readonly env: Env;
  readonly ctx: ExecutionContext;
};

/** A public request with the release that answers it; the site is open. */
export type PublicRequest = RoutedRequest & { readonly release: LoadedRelease };

/** Prepares a request for the routes; null if its URL is invalid, as a broken Host header makes it. */
export function routedRequest(
  original: Request,
  env: Env,
  ctx: ExecutionContext,
  nowMs: number,
): RoutedRequest | null {
  const url = withoutQuery(original.url);
  if (!URL.canParse(url)) return null;
  return { method: original.method, url, path: requestPath(url), nowMs, original, env, ctx };
}
