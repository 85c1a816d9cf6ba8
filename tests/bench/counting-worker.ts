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

  /** Makes the ledger `count` entries long, without their hashes: how waking takes its length is what is measured. */
  async lengthen(count: number): Promise<void> {
    const { sql } = this.ctx.storage;
    const end = sql.exec<{ seq: number }>('SELECT max(seq) AS seq FROM entry').one().seq;
    for (let seq = end + 1; seq <= count; seq++)
      sql.exec(
        'INSERT INTO entry SELECT ?, at, agency, key, kind, reason, salt, \'{"days":{}}\', payload_hash, previous, hash FROM entry WHERE seq = 1',
        seq,
      );
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
    const entries = /^\/bench\/entries\/(\d+)$/.exec(new URL(request.url).pathname)?.[1];
    if (entries) {
      const newsroom = env.NEWSROOM.getByName('newsroom') as unknown as DurableObjectStub<Newsroom>;
      return newsroom.lengthen(Number(entries)).then(() => new Response(null, { status: 204 }));
    }
    return worker.fetch(request, { ...env, BULLETIN: counting(env.BULLETIN) }, ctx);
  },
};
