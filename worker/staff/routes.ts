import { coded } from '../model/coded.ts';
import { ok, type Result, refuse } from '../model/problem.ts';
import { STAFF_CALL_KINDS, STAFF_PATH, type StaffCallKind, staffCall } from '../model/staff/calls.ts';
import { PARAMS, type StaffRoute } from '../model/staff/request.ts';

/** A path of the write plane, and its call for each method. */
type Path = { readonly regex: RegExp; readonly kinds: ReadonlyMap<string, StaffCallKind> };

const isParam = (name: string): name is keyof typeof PARAMS => Object.hasOwn(PARAMS, name);

/** The paths in the order of the table. The order does not matter: `{collection}` matches only names of collections. */
const PATHS: readonly Path[] = [...new Set(STAFF_CALL_KINDS.map((kind) => staffCall(kind).path))].map(
  (path) => ({
    regex: new RegExp(
      `^${STAFF_PATH}/${path.replace(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>${isParam(name) ? PARAMS[name].pattern : ''})`)}$`,
    ),
    kinds: new Map(
      STAFF_CALL_KINDS.filter((kind) => staffCall(kind).path === path).map((kind) => [
        staffCall(kind).method,
        kind,
      ]),
    ),
  }),
);

/** The call that a request's path and method name. Refuses an unknown path with 404, an unknown method with 405. */
export function routeOf(request: Request): Result<StaffRoute> {
  const url = new URL(request.url);
  for (const { regex, kinds } of PATHS) {
    const match = regex.exec(url.pathname);
    if (!match) continue;
    const params = parsedParams(match.groups ?? {});
    if (!params) break;
    const kind = kinds.get(request.method === 'HEAD' ? 'GET' : request.method);
    if (!kind) return methodNotAllowed(request.method, url.pathname, [...kinds.keys()]);
    const { query } = staffCall(kind);
    return ok({ kind, params, query: query ? cursorText(url, query) : null } as StaffRoute);
  }
  const path = url.pathname.slice(0, 200);
  const [, day] = NO_DATE.exec(path) ?? [];
  const why = day === undefined ? coded('path-unknown', { path }) : coded('path-no-date', { text: day });
  return refuse({ kind: 'not-found', status: 404, ...why });
}

/** The address of a day of figures with what is meant as a date. */
const NO_DATE = new RegExp(`^${STAFF_PATH}/statistics/(\\d[^/]*)$`);

/**
 * The cursor that a URL names; null without one. An empty text, which no list accepts, for the cursor of a list that goes
 * the other way: a list that ignored it would begin again and again.
 */
function cursorText({ searchParams }: URL, name: 'before' | 'after'): string | null {
  return searchParams.has(name === 'before' ? 'after' : 'before') ? '' : searchParams.get(name);
}

/** Parses the parameters. Null if a parser refuses one. */
function parsedParams(texts: { readonly [name: string]: string }): object | null {
  const params: Record<string, string> = {};
  for (const [name, text] of Object.entries(texts)) {
    const parse = isParam(name) ? PARAMS[name].parse : undefined;
    const value = parse ? parse(text) : text;
    if (value === null) return null;
    params[name] = value;
  }
  return params;
}

const methodNotAllowed = (method: string, path: string, methods: readonly string[]) =>
  refuse({
    kind: 'method-not-allowed',
    status: 405,
    allow: methods.flatMap((name) => (name === 'GET' ? ['GET', 'HEAD'] : [name])),
    ...coded('method-unknown', { method, path }),
  });
