import worker from '../../worker/index.ts';
import type { Env } from '../../worker/platform/env.ts';

/**
 * The Worker as it is deployed, but that a request with the header `X-Mortal` has a context that nothing outlives: when
 * its client goes away, workerd ends it with all it has begun, as production does with a request over its limits.
 */
export default {
  fetch(request: Request, env: Env, ctx: ExecutionContext): Response | Promise<Response> {
    const mortal = { waitUntil() {}, passThroughOnException() {} } as unknown as ExecutionContext;
    return worker.fetch(request, env, request.headers.has('X-Mortal') ? mortal : ctx);
  },
};
