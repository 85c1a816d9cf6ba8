import { beforeAll, expect, it } from 'vitest';
import { COLLECTIONS, isCollection } from '../../../worker/model/collections/registry.ts';
import { toInstant } from '../../../worker/model/instant.ts';
import { STAFF_CALL_KINDS, type StaffCallKind, staffCall } from '../../../worker/model/staff/calls.ts';
import { hasFigures, type Scope, scopeOf } from '../../../worker/model/staff/scope.ts';
import { advanceClock } from '../clock.ts';
import { IS_TEST_LONG } from '../is-test-long.ts';
import { createKey, newsContent, OPERATOR_KEY, setUpSite, staff } from '../staff-client.ts';

/** The methods that a client can send, known to the write plane or not. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** The collections in the matrix. They differ in nothing that decides a right, so the short run takes three. */
const MATRIX_COLLECTIONS = IS_TEST_LONG ? COLLECTIONS : COLLECTIONS.filter((_, i) => i % 3 === 0);

const PARAMS: { readonly [name: string]: readonly string[] } = {
  collection: MATRIX_COLLECTIONS,
  date: ['2020-03-01'],
  id: ['77777'],
  seq: ['77777'],
};

/** Every path of the table, with each collection in its place. */
const PATHS = [...new Set(STAFF_CALL_KINDS.map((kind) => staffCall(kind).path))].flatMap((path) =>
  Object.entries(PARAMS).reduce<readonly (readonly [path: string, filled: string])[]>(
    (all, [name, values]) =>
      all.flatMap(([template, filled]) =>
        filled.includes(`{${name}}`)
          ? values.map((value) => [template, filled.replace(`{${name}}`, value)] as const)
          : [[template, filled] as const],
      ),
    [[path, path]],
  ),
);

/**
 * The status of the answer to who may make the call, with an empty object as its body and ids that name nothing: what
 * comes after the rights. A call that is missing here does not compile.
 */
const ALLOWED: Readonly<Record<StaffCallKind, number>> = {
  'get-figures': 200,
  'get-today': 200,
  'list-figures': 200,
  'put-figures': 422,
  'get-site': 200,
  'put-site': 422,
  import: 422,
  'list-keys': 200,
  'add-key': 422,
  'get-key': 404,
  'revoke-key': 404,
  status: 200,
  whoami: 200,
  tick: 200,
  rebuild: 200,
  'list-ledger': 200,
  'get-entry': 404,
  'erase-entry': 404,
  'list-items': 200,
  'add-item': 422,
  'get-item': 404,
  'replace-item': 404,
  'patch-item': 404,
  'withdraw-item': 404,
  'post-withdrawal': 404,
};

/** Who calls. `scope` is null for a key without one; `refused`: its key is no good. */
type Who = { readonly name: string; readonly key: string | null } & (
  | { readonly kind: 'operator' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'agency'; readonly scope: Scope | null }
);

/** The status that the table of calls promises. */
function promised(who: Who, template: string, path: string, method: string): number {
  if (who.kind === 'refused') return 401;
  const asked = method === 'HEAD' ? 'GET' : method;
  const kind = STAFF_CALL_KINDS.find((k) => staffCall(k).path === template && staffCall(k).method === asked);
  if (kind === undefined) return 405;
  const { needs, does } = staffCall(kind);
  if (who.kind === 'operator') return ALLOWED[kind];
  if (needs === 'operator') return 403;
  if (needs === 'key' || who.scope === null) return ALLOWED[kind];
  const [first = ''] = path.split('/');
  if (needs === 'collection' && !isCollection(first)) throw new Error(`No collection: ${path}`);
  const scope = needs === 'collection' && isCollection(first) ? scopeOf(first) : 'figures';
  const isIn = scope === 'figures' ? hasFigures(who.scope) : who.scope.includes(scope);
  return isIn || (does === 'reads' && who.scope.includes('read')) ? ALLOWED[kind] : 403;
}

let callers: readonly Who[];
beforeAll(async () => {
  await setUpSite();
  expect((await staff('POST', 'news', { body: newsContent() })).status).toBe(201);
  const agency = async (scope: Scope | null): Promise<Who> => {
    const { key } = await createKey('health', scope ? { scope } : {});
    return { name: `agency, scope ${scope?.join() ?? 'none'}`, kind: 'agency', key, scope };
  };
  const revoked = await createKey('health');
  await staff('DELETE', `keys/${revoked.id}`);
  const expired = await createKey('health', { expires: toInstant(Date.now() + 10_000) });
  advanceClock(60_000); // the isolate has read the release that says so
  callers = [
    { name: 'no key', kind: 'refused', key: null },
    { name: 'a revoked key', kind: 'refused', key: revoked.key },
    { name: 'an expired key', kind: 'refused', key: expired.key },
    { name: 'the operator', kind: 'operator', key: OPERATOR_KEY },
    ...(await Promise.all([
      agency(null),
      agency(['read']),
      agency(['figures']),
      agency(['figures:critical']),
      ...[...new Set(MATRIX_COLLECTIONS.map(scopeOf))].filter((s) => s !== 'figures').map((s) => agency([s])),
      agency(['read', 'news']),
    ])),
  ];
});

it('every cell of who × path × method has the status that the table of calls promises', async () => {
  const wrong: string[] = [];
  let cells = 0;
  const check = async (who: Who) => {
    for (const [template, path] of PATHS)
      for (const method of METHODS) {
        advanceClock(50); // as often as a key may, for every caller
        const body = method === 'GET' || method === 'HEAD' ? {} : { body: {} };
        const answer = await staff(method, path, { key: who.key, ...body });
        const status = promised(who, template, path, method);
        cells += 1;
        if (answer.status !== status)
          wrong.push(`${who.name}: ${method} ${path} is ${answer.status}, not ${status}`);
        if (
          answer.headers.get('Cache-Control') !== 'no-store' ||
          answer.headers.has('Access-Control-Allow-Origin')
        )
          wrong.push(`${who.name}: ${method} ${path} has the headers of a public answer`);
      }
  };
  await Promise.all(callers.map(check));
  console.log(`${cells} cells`);
  expect(wrong).toEqual([]);
  expect(cells).toBe(callers.length * PATHS.length * METHODS.length);
});

it('a key that nobody has issued is 401 in every cell', async () => {
  // One network may send only some bad keys a minute, so each comes from a network of its own.
  const key = `nashra_0123456789abcdef_${'A'.repeat(43)}`;
  const statuses = new Set<number>();
  for (const [i, [, path]] of PATHS.entries())
    for (const [j, method] of METHODS.entries()) {
      const headers = { 'CF-Connecting-IP': `198.51.${i}.${j}` };
      statuses.add((await staff(method, path, { key, headers })).status);
    }
  expect([...statuses]).toEqual([401]);
});
