import { abortAllDurableObjects } from 'cloudflare:test';
import { Newsroom as RealNewsroom } from '../../worker/index.ts';
import type { Templates } from '../../worker/newsroom/documents/templates.ts';
import { templates } from '../../worker/newsroom/templates.ts';
import type { Env } from '../../worker/platform/env.ts';
import { FaultyKv } from './faulty-kv.ts';

export { default } from '../../worker/index.ts';

let faulty: FaultyKv | null = null;

/** The KV the Newsroom of these tests writes to: the real one, with faults by script. */
export function newsroomKv(): FaultyKv {
  if (!faulty) throw new Error('the Newsroom has not been woken yet');
  return faulty;
}

let deployed = templates;

/** Deploys other templates: the Newsroom dies where it stands, as the platform has it, and wakes with these. */
export async function deploy(next: Templates): Promise<void> {
  deployed = next;
  await abortAllDurableObjects();
}

/** The Newsroom as it is deployed, its KV wrapped. */
export class Newsroom extends RealNewsroom {
  constructor(ctx: DurableObjectState, env: Env) {
    faulty ??= new FaultyKv(env.BULLETIN);
    super(ctx, { ...env, BULLETIN: faulty.kv }, deployed);
  }
}
