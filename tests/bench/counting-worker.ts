import type { Env } from '../../worker/env.ts';
import worker, { Newsroom as RealNewsroom } from '../../worker/index.ts';

/** What KV was asked to do since the last look, by operation. The bench asks for it under `/bench/kv`. */
const counts = { get: 0, put: 0, delete: 0 };

/** A KV that counts and passes everything on. */
const counting = (kv: KVNamespace): KVNamespace =>
  new Proxy(kv, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      if (name in counts) counts[name as keyof typeof counts] += 1;
      return value.bind(target);
    },
  });

export class Newsroom extends RealNewsroom {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, { ...env, BULLETIN: counting(env.BULLETIN) });
  }
}

/** The Worker as it is deployed, but that its KV is counted. */
export default {
  fetch(request: Request, env: Env, ctx: ExecutionContext) {
    if (new URL(request.url).pathname === '/bench/kv') {
      const seen = { ...counts };
      Object.assign(counts, { get: 0, put: 0, delete: 0 });
      return Response.json(seen);
    }
    return worker.fetch(request, { ...env, BULLETIN: counting(env.BULLETIN) }, ctx);
  },
};
