import worker, { Newsroom as RealNewsroom } from '../../../worker/index.ts';
import { type CallLimits, limitsOf } from '../../../worker/model/staff/call-limits.ts';
import { STAFF_PATH } from '../../../worker/model/staff/calls.ts';
import type { StaffAnswer, StaffCall } from '../../../worker/model/staff/request.ts';
import type { Env } from '../../../worker/platform/env.ts';
import { routeOf } from '../../../worker/staff/routes.ts';
import type { Call } from '../../bench/staff-call.ts';

/** The number of KV operations since the bench last read `/bench/kv`, by operation. */
const counts = { get: 0, put: 0, delete: 0 };

/** A KV that counts operations and forwards them. */
const counting = (kv: KVNamespace): KVNamespace =>
  new Proxy(kv, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      if (name in counts) counts[name as keyof typeof counts] += 1;
      return value.bind(target);
    },
  });

/** `IS_LIMITED`: whether keys have the limits of the product. */
type CountingEnv = Env & { readonly IS_LIMITED: boolean };

// The bench fills sites with a thousand calls at once.
const full = { perSecond: 1, burst: Number.POSITIVE_INFINITY };
const UNLIMITED: CallLimits = {
  calls: full,
  bodyBytes: full,
  answerBytes: full,
  atOnce: Number.POSITIVE_INFINITY,
};

export class Newsroom extends RealNewsroom {
  constructor(ctx: DurableObjectState, env: CountingEnv) {
    const limits = env.IS_LIMITED ? limitsOf : () => UNLIMITED;
    super(ctx, { ...env, BULLETIN: counting(env.BULLETIN) }, undefined, limits);
  }

  /** Answers many staff calls at once, so that they share a publish. */
  all(calls: readonly StaffCall[]): Promise<StaffAnswer[]> {
    return Promise.all(calls.map((call) => this.call(call)));
  }

  /** Marks all stored documents, parts and shells as rendered by other templates, as a deploy of new templates does. */
  async outdate(): Promise<void> {
    const { sql } = this.ctx.storage;
    for (const table of ['document', 'part'])
      sql.exec(`UPDATE ${table} SET stamp = ? || substr(stamp, instr(stamp, '/'))`, OUTDATED);
    sql.exec('UPDATE shell SET template = ?', OUTDATED);
  }

  /** The number of items' parts that are still marked as rendered by other templates. */
  async outdated(): Promise<number> {
    const { sql } = this.ctx.storage;
    return sql.exec<{ n: number }>('SELECT count(*) AS n FROM part WHERE stamp LIKE ?', `${OUTDATED}/%`).one()
      .n;
  }
}

/** A template version that no templates have. */
const OUTDATED = 'outdated';

const newsroomOf = (env: Env) => env.NEWSROOM.getByName('newsroom') as unknown as DurableObjectStub<Newsroom>;

/** Extra routes for the bench. */
const BENCH: { readonly [path: string]: (request: Request, env: Env) => Promise<Response> } = {
  '/bench/kv': async () => {
    const countsBefore = { ...counts };
    Object.assign(counts, { get: 0, put: 0, delete: 0 });
    return Response.json(countsBefore);
  },
  '/bench/outdate': async (_, env) => {
    await newsroomOf(env).outdate();
    return new Response(null, { status: 204 });
  },
  '/bench/outdated': async (_, env) => Response.json(await newsroomOf(env).outdated()),
  '/bench/calls': async (request, env) => {
    const calls = (await request.json()) as readonly Call[];
    return Response.json(await newsroomOf(env).all(calls.map(operatorCall)));
  },
};

function operatorCall([method, path, body]: Call): StaffCall {
  const route = routeOf(new Request(`http://bench${STAFF_PATH}/${path}`, { method }));
  if (!route.ok) throw new Error(`${method} ${path} is not a staff call`);
  const call = { key: 'operator', agency: null, idempotencyKey: null, ifMatch: null, excess: [] };
  return { ...call, route: route.value, body: JSON.stringify(body), bodyBytes: 0 };
}

/** The deployed Worker with a KV that counts operations. */
export default {
  fetch(request: Request, env: Env, ctx: ExecutionContext) {
    const bench = BENCH[new URL(request.url).pathname];
    return bench
      ? bench(request, env)
      : worker.fetch(request, { ...env, BULLETIN: counting(env.BULLETIN) }, ctx);
  },
};
