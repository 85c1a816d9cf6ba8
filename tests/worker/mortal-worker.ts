import worker from '../../worker/index.ts';
import type { Env } from '../../worker/platform/env.ts';

const realNow = Date.now;

/**
 * The Worker as it is deployed, but that a request with the header `X-Mortal` has a context that nothing outlives: when
 * its client goes away, workerd ends it with all it has begun, as production does with a request over its limits. To one with `X-Later` it is so many milliseconds later.
 */
export default {
  fetch(request: Request, env: Env, ctx: ExecutionContext): Response | Promise<Response> {
    const laterMs = Number(request.headers.get('X-Later') ?? 0);
    Date.now = () => realNow() + laterMs;
    const mortal = { waitUntil() {}, passThroughOnException() {} } as unknown as ExecutionContext;
    return worker.fetch(request, env, request.headers.has('X-Mortal') ? mortal : ctx);
  },
};
