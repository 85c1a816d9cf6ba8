/** What a router reads of a request. */
type Routable = { readonly method: string; readonly url: string };

/**
 * A table of routes, taken in turn until one answers. itty-router's own types let a route take any request it likes; here
 * a route takes what the table is given, so that none reads what a later one finds out.
 */
export type Routes<Taken extends Routable> = {
  /** Adds a route for all methods on a path: https://itty.dev/itty-router/route-patterns */
  readonly all: (
    path: string,
    route: (request: Taken) => Response | undefined | Promise<Response | undefined>,
  ) => Routes<Taken>;
  /** The answer of the first route that gives one; the last one must. Throws what a route throws. */
  readonly fetch: (request: Taken) => Promise<Response>;
};
