import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import worker from '../../../worker/index.ts';
import type { Env } from '../../../worker/platform/env.ts';
import { FaultyKv } from '../faulty-kv.ts';

/** The Worker's `env` in tests. */
export const testEnv = env as unknown as Env;

/** A Newsroom that throws when called, because reads must never call it. */
export const NO_NEWSROOM = new Proxy({} as Env['NEWSROOM'], {
  get(_, name) {
    throw new Error(`a read used NEWSROOM.${String(name)}`);
  },
});

/** A reader who asks the Worker. Its KV counts operations and can fail; a call to the Newsroom throws. */
export class Reader {
  readonly faultyKv = new FaultyKv(testEnv.BULLETIN);
  readonly env: Env = { ...testEnv, BULLETIN: this.faultyKv.kv, NEWSROOM: NO_NEWSROOM };

  /** Calls the Worker directly, so that bodies stay compressed as sent; waits for background work. */
  async ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> {
    const ctx = createExecutionContext();
    const request = new Request(`https://bulletin.example${path}`, { method, headers, redirect: 'manual' });
    const response = await worker.fetch(request, this.env, ctx);
    await waitOnExecutionContext(ctx);
    return response;
  }
}

/** The bytes of a response's body as sent. */
export const bodyBytes = async (response: Response) => new Uint8Array(await response.arrayBuffer());
