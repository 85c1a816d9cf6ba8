import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import worker from '../../../worker/index.ts';
import type { Env } from '../../../worker/platform/env.ts';
import { FaultyKv } from '../faulty-kv.ts';

/** What the Worker is given in tests. */
export const testEnv = env as unknown as Env;

/** A Newsroom that nobody may call: what reads must never do. */
export const NO_NEWSROOM = new Proxy({} as Env['NEWSROOM'], {
  get(_, name) {
    throw new Error(`a read asked for NEWSROOM.${String(name)}`);
  },
});

/** A reader of the Worker with a KV that counts and may fail. A call to the Newsroom throws. */
export class Reader {
  readonly faulty = new FaultyKv(testEnv.BULLETIN);
  readonly env: Env = { ...testEnv, BULLETIN: this.faulty.kv, NEWSROOM: NO_NEWSROOM };

  /** Asks the Worker itself, so that compressed bytes are seen as they are sent; waits for what runs behind. */
  async ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> {
    const ctx = createExecutionContext();
    const request = new Request(`https://bulletin.example${path}`, { method, headers, redirect: 'manual' });
    const response = await worker.fetch(request, this.env, ctx);
    await waitOnExecutionContext(ctx);
    return response;
  }
}

/** A body's bytes as they are sent. */
export const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());
