import { parseCivilDate } from '../model/civil-date.ts';
import { COLLECTIONS } from '../model/collections/collection.ts';
import { ok, type Result, refuse } from '../model/problem.ts';
import { STAFF_PATH, type StaffRoute } from '../model/staff-call.ts';

type Params = Readonly<Record<string, string>>;
type ToRoute = (params: Params, query: URLSearchParams) => StaffRoute;
type Methods = Readonly<Partial<Record<'GET' | 'PUT' | 'POST' | 'DELETE', ToRoute>>>;

const of = (params: Params, name: string): string => params[name] ?? '';

/** The write plane's paths, below `/api/v1/staff`. `{collection}` is one of the collections there are. */
const ROUTES: readonly (readonly [pattern: string, methods: Methods])[] = [
  [
    'statistics/{date}',
    {
      GET: (p) => ({ kind: 'get-figures', date: of(p, 'date') }),
      PUT: (p) => ({ kind: 'put-figures', date: of(p, 'date') }),
    },
  ],
  ['site', { GET: () => ({ kind: 'get-site' }), PUT: () => ({ kind: 'put-site' }) }],
  ['import', { POST: () => ({ kind: 'import' }) }],
  ['keys', { GET: () => ({ kind: 'list-keys' }), POST: () => ({ kind: 'add-key' }) }],
  [
    'keys/{id}',
    {
      GET: (p) => ({ kind: 'get-key', id: of(p, 'id') }),
      DELETE: (p) => ({ kind: 'revoke-key', id: of(p, 'id') }),
    },
  ],
  ['status', { GET: () => ({ kind: 'status' }) }],
  ['whoami', { GET: () => ({ kind: 'whoami' }) }],
  ['tick', { POST: () => ({ kind: 'tick' }) }],
  ['ledger', { GET: (_, query) => ({ kind: 'list-ledger', after: query.get('after') }) }],
  ['ledger/{seq}', { GET: (p) => ({ kind: 'get-entry', seq: of(p, 'seq') }) }],
  ['ledger/{seq}/erasure', { POST: (p) => ({ kind: 'erase-entry', seq: of(p, 'seq') }) }],
  [
    '{collection}',
    {
      GET: (p, query) => ({
        kind: 'list-items',
        collection: of(p, 'collection'),
        before: query.get('before'),
      }),
      POST: (p) => ({ kind: 'add-item', collection: of(p, 'collection') }),
    },
  ],
  [
    '{collection}/{id}',
    {
      GET: (p) => ({ kind: 'get-item', collection: of(p, 'collection'), id: of(p, 'id') }),
      PUT: (p) => ({ kind: 'replace-item', collection: of(p, 'collection'), id: of(p, 'id') }),
      DELETE: (p) => ({ kind: 'withdraw-item', collection: of(p, 'collection'), id: of(p, 'id') }),
    },
  ],
];

const PARAMS: Readonly<Record<string, string>> = {
  collection: COLLECTIONS.join('|'),
  date: '\\d{4}-\\d{2}-\\d{2}',
};

const COMPILED = ROUTES.map(([pattern, methods]) => ({
  methods,
  regex: new RegExp(
    `^${STAFF_PATH}/${pattern.replace(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>${PARAMS[name] ?? '[A-Za-z0-9-]{1,64}'})`)}$`,
  ),
}));

/** What a request asks for by its path and method: 404 for a path that is not there, 405 for a method it has not. */
export function routeOf(request: Request): Result<StaffRoute> {
  const url = new URL(request.url);
  for (const { regex, methods } of COMPILED) {
    const match = regex.exec(url.pathname);
    if (!match) continue;
    const params = { ...match.groups };
    if (params.date !== undefined && parseCivilDate(params.date) === null) break;
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const toRoute = methods[method as keyof Methods];
    if (toRoute && Object.hasOwn(methods, method)) return ok(toRoute(params, url.searchParams));
    const allow = Object.keys(methods).flatMap((name) => (name === 'GET' ? ['GET', 'HEAD'] : [name]));
    return refuse({
      kind: 'method-not-allowed',
      status: 405,
      allow,
      detail: `${request.method} is not a method of ${url.pathname}`,
    });
  }
  return refuse({ kind: 'not-found', status: 404, detail: `there is no ${url.pathname.slice(0, 200)}` });
}
