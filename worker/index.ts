import { IttyRouter } from 'itty-router';
import type { Env } from './platform/env.ts';
import { problemResponse } from './platform/problem-response.ts';
import { onlyReading } from './read/methods.ts';
import {
  assetOfThisBuild,
  elsewhere,
  itemPermalink,
  type PublicRequest,
  packedDocument,
  releasedAnswer,
  releasedDocument,
  withRelease,
} from './read/public-routes.ts';
import { handleStaff } from './staff/handle-staff.ts';

export { Newsroom } from './newsroom/newsroom.ts';

/**
 * The map of the system. Nearly every request is answered before it gets here, from the release in memory; the
 * routes take the rest in turn, and the first that answers ends it. Only the first may reach the Newsroom.
 */
const routes = IttyRouter<PublicRequest, [Env, ExecutionContext]>()
  .all('/api/v1/staff/*', handleStaff) //   the write plane: agencies and the operator
  .all('*', onlyReading) //                 the public reads: OPTIONS 204, other methods 405
  .all('/assets/*', assetOfThisBuild) //    files another build named: 302 to this build's
  .all('*', withRelease) //                 the release this isolate knows, or 503
  .all('*', releasedDocument) //            pages, JSON, everything an ordinary publish renders
  .all('*', packedDocument) //              whole series and archives, in packs of their own
  .all('/:language/:collection/:id', itemPermalink) // the release's shell joined with the item's part
  .all('*', elsewhere); //                  308 to the path that was meant, or 404

export default {
  fetch(request: Request, env: Env, ctx: ExecutionContext): Response | Promise<Response> {
    try {
      return releasedAnswer(request, env, ctx) ?? routed(request, env, ctx);
    } catch (error) {
      return failed(error);
    }
  },

  async scheduled(_controller: ScheduledController, env: Env): Promise<void> {
    await env.NEWSROOM.getByName('newsroom').tick();
  },
} satisfies ExportedHandler<Env>;

async function routed(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
  // A Host that is none makes an address that is none, which no route could look at.
  if (!URL.canParse(request.url))
    return problemResponse({ kind: 'malformed', status: 400, detail: 'The address can not be understood.' });
  try {
    return await routes.fetch(request, env, ctx);
  } catch (error) {
    return failed(error);
  }
}

// A bug, or a broken platform: the log has it, the reader only that it is so.
function failed(error: unknown): Response {
  console.error(error);
  return problemResponse({
    kind: 'internal',
    status: 500,
    detail: 'Something went wrong here. Please try again in a moment.',
  });
}
