import type { Env } from '../platform/env.ts';
import type { LoadedRelease } from './loaded-release.ts';
import { requestPath, withoutQuery } from './request-path.ts';

/** A request as it comes to the routes. */
export type RoutedRequest = {
  readonly method: string;
  /**
   * Without the query string. No public path has one, and the router would read it: `?a=1&a=1…` of 16 kB took 40 ms.
   * The write plane reads it from the original.
   */
  readonly url: string;
  /** As it was sent: see `requestPath`. */
  readonly path: string;
  /** When it came, in milliseconds since 1970. */
  readonly nowMs: number;
  readonly original: Request;
  readonly env: Env;
  readonly ctx: ExecutionContext;
};

/** A public request, and the release of an open site that answers it. */
export type PublicRequest = RoutedRequest & { readonly release: LoadedRelease };

/** A request for the routes; null where its address is none, as a broken Host makes it, and nothing could route it. */
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
