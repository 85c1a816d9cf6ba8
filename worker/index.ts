import { IttyRouter } from 'itty-router';
import { coded } from './model/coded.ts';
import { STAFF_PATH } from './model/staff/calls.ts';
import type { Env } from './platform/env.ts';
import { problemResponse } from './platform/problem-response.ts';
import type { Routes } from './platform/routes.ts';
import { answerOtherMethods } from './read/methods.ts';
import { DATA_HEADERS } from './read/public-headers.ts';
import {
  answerAtOnce,
  answerFromColdPack,
  answerFromItemPack,
  answerFromRelease,
  answerNotFound,
  assetRedirect,
  withRelease,
} from './read/public-routes.ts';
import { requestPath } from './read/request-path.ts';
import { type PublicRequest, type RoutedRequest, routedRequest } from './read/routed-request.ts';
import { handleStaff } from './staff/handle-staff.ts';

export { Newsroom } from './newsroom/newsroom.ts';

// The map of the system. Before the routes run, `answerAtOnce` answers nearly every request from the release in memory.
// The other requests go through the routes in order, until one answers. Only the first route may reach the Newsroom.

const released: Routes<PublicRequest> = IttyRouter();
released
  .all('*', answerFromRelease) // pages, JSON, everything that an ordinary publish renders; 308, 404
  .all('*', answerFromColdPack) // whole series and archives, from cold packs
  .all('*', answerFromItemPack) // an item's page: the release's shell joined with the item's part; its XML
  .all('*', answerNotFound); // 404

const routes: Routes<RoutedRequest> = IttyRouter();
routes
  .all('/api/v1/staff/*', ({ original, env, ctx }) => handleStaff(original, env, ctx)) // the write plane
  .all('*', answerOtherMethods) // the public only reads: OPTIONS 204, other methods 405
  .all('/assets/*', assetRedirect) // a file of another build: 302 to the same file of this build
  .all('*', withRelease(released.fetch)); // the routes above, with the release in memory; 503 without a release

export default {
  fetch(request: Request, env: Env, ctx: ExecutionContext): Response | Promise<Response> {
    try {
      return answerAtOnce(request, env, ctx) ?? routed(request, env, ctx);
    } catch (error) {
      return internalError(request, error);
    }
  },

  async scheduled(_controller: ScheduledController, env: Env): Promise<void> {
    await env.NEWSROOM.getByName('newsroom').tick();
  },
} satisfies ExportedHandler<Env>;

async function routed(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
  const routable = routedRequest(request, env, ctx, Date.now());
  if (!routable) {
    const problem = { kind: 'malformed', status: 400, ...coded('address-unreadable') } as const;
    return problemResponse(problem, DATA_HEADERS);
  }
  try {
    return await routes.fetch(routable);
  } catch (error) {
    return internalError(request, error);
  }
}

// A bug, or a broken platform: the error goes to the log only, never to the reader.
function internalError(request: Request, error: unknown): Response {
  console.error(error);
  const isPublic = !requestPath(request.url).startsWith(`${STAFF_PATH}/`);
  const problem = { kind: 'internal', status: 500, ...coded('internal-error') } as const;
  return problemResponse(problem, isPublic ? DATA_HEADERS : undefined);
}
