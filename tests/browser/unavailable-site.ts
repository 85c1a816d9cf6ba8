import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { unavailable as built } from '../../dist/build.ts';
import type { AgencyId, Site } from '../../worker/model/site.ts';
import { unavailable } from '../../worker/read/unavailable.ts';
import { unavailablePage, unavailableViews } from '../../worker/render/pages/unavailable.tsx';

/** A site that can't be read. `asked` holds the path of each request. */
export type UnavailableSite = {
  readonly origin: string;
  readonly asked: readonly string[];
  /** Makes the site answer every path with a page that has this title. */
  mend(title: string): void;
  [Symbol.asyncDispose](): Promise<void>;
};

/** A site with many languages and a long name. */
const long: Pick<Site, 'name' | 'languages' | 'defaultLanguage' | 'agencies'> = {
  name: {
    fr: 'Crue de la Lys et de ses affluents : bulletin officiel de la préfecture et des communes riveraines',
    ar: 'النشرة الرسمية لفيضان نهر الليس وروافده الصادرة عن المحافظة والبلديات الواقعة على ضفافه',
  },
  languages: ['fr', 'en', 'ar', 'fa'].map((tag) => ({ tag, locale: tag })),
  defaultLanguage: 'fr',
  agencies: [{ id: 'prefecture' as AgencyId, name: { fr: 'Préfecture du département du Nord' } }],
};
const views = unavailableViews(long, { phone: '+33 (0)800 000 321', agency: 'prefecture' as AgencyId });

/** The last release of that site, with only the part that `unavailable` reads. */
export const longRelease = {
  unavailable: (language: string) => ({
    page: unavailablePage(views, language, built.css),
    policy: built.policy,
  }),
};

/**
 * Serves the Worker's answers for a site that can't be read.
 * @param release the last release; null if there is none in memory
 * @param retry whether pages ask the browser to come back after the shortest or the longest time, 5 or 15 s
 */
export async function unavailableSite(
  release: Parameters<typeof unavailable>[2],
  retry: 'soonest' | 'latest' = 'latest',
): Promise<UnavailableSite> {
  const asked: string[] = [];
  let mendedTitle: string | null = null;
  const server = createServer(async ({ method = 'GET', url: path = '/' }, outgoing) => {
    asked.push(path);
    const answer =
      mendedTitle === null
        ? unavailable({ path, method }, retry === 'latest' ? 0.99 : 0, release)
        : new Response(`<!doctype html><title>${mendedTitle}</title>`, {
            headers: { 'Content-Type': 'text/html' },
          });
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    asked,
    mend: (title) => {
      mendedTitle = title;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
