import worker from '../../worker/index.ts';
import type { Env } from '../../worker/platform/env.ts';

const realNow = Date.now;

/**
 * The deployed Worker with two test headers. A request with `X-Mortal` has a context that keeps no work alive: when
 * its client disconnects, workerd cancels the request and all its work, as production does with a request over its
 * limits. `X-Later` moves the request's clock ahead by that number of milliseconds.
 */
export default {
  fetch(request: Request, env: Env, ctx: ExecutionContext): Response | Promise<Response> {
    const laterMs = Number(request.headers.get('X-Later') ?? 0);
    Date.now = () => realNow() + laterMs;
    const mortal = { waitUntil() {}, passThroughOnException() {} } as unknown as ExecutionContext;
    return worker.fetch(request, env, request.headers.has('X-Mortal') ? mortal : ctx);
  },
};
