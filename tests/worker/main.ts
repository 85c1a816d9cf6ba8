import { abortAllDurableObjects } from 'cloudflare:test';
import { Newsroom as RealNewsroom } from '../../worker/index.ts';
import type { Templates } from '../../worker/newsroom/documents/templates.ts';
import { templates } from '../../worker/newsroom/templates.ts';
import type { Env } from '../../worker/platform/env.ts';
import { FaultyKv } from './faulty-kv.ts';

export { default } from '../../worker/index.ts';

let faultyKv: FaultyKv | null = null;

/** The KV that the tests' Newsroom writes to: the real KV with scripted faults. */
export function newsroomKv(): FaultyKv {
  if (!faultyKv) throw new Error('the Newsroom has not started yet');
  return faultyKv;
}

let deployed = templates;

/** Deploys other templates: aborts the Newsroom at once, as the platform does; it restarts with these templates. */
export async function deploy(next: Templates): Promise<void> {
  deployed = next;
  await abortAllDurableObjects();
}

let sites = 0;

/** Forgets the faults and templates of the site before; gives how many sites this runtime has had. */
export function startOver(): number {
  faultyKv = null;
  deployed = templates;
  return sites++;
}

/** The deployed Newsroom class with its KV wrapped in a `FaultyKv`. */
export class Newsroom extends RealNewsroom {
  constructor(ctx: DurableObjectState, env: Env) {
    faultyKv ??= new FaultyKv(env.BULLETIN);
    super(ctx, { ...env, BULLETIN: faultyKv.kv }, deployed);
  }
}
