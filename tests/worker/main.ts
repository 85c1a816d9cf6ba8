import type { Env } from '../../worker/env.ts';
import { Newsroom as RealNewsroom } from '../../worker/index.ts';
import { FaultyKv } from './faulty-kv.ts';

export { default } from '../../worker/index.ts';

let faulty: FaultyKv | null = null;

/** The KV the Newsroom of these tests writes to: the real one, with faults by script. */
export function newsroomKv(): FaultyKv {
  if (!faulty) throw new Error('the Newsroom has not been woken yet');
  return faulty;
}

/** The Newsroom as it is deployed, its KV wrapped. */
export class Newsroom extends RealNewsroom {
  constructor(ctx: DurableObjectState, env: Env) {
    faulty ??= new FaultyKv(env.BULLETIN);
    super(ctx, { ...env, BULLETIN: faulty.kv });
  }
}
