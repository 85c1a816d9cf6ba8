/** The fields of a request that the router reads. */
type Routable = { readonly method: string; readonly url: string };

/**
 * A table of routes: the first that answers ends the search. In itty-router's own types each route chooses the type of
 * its request. Here all routes get the table's type, so that no route reads a field that only a later route sets.
 */
export type Routes<RouteRequest extends Routable> = {
  /** Adds a route for all methods on a path: https://itty.dev/itty-router/route-patterns */
  readonly all: (
    path: string,
    route: (request: RouteRequest) => Response | undefined | Promise<Response | undefined>,
  ) => Routes<RouteRequest>;
  /** The answer of the first route that gives one. The last route must answer. Throws if a route throws. */
  readonly fetch: (request: RouteRequest) => Promise<Response>;
};
