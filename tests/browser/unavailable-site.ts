import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { unavailable as built } from '../../dist/build.ts';
import type { AgencyId, Site } from '../../worker/model/site.ts';
import { unavailable } from '../../worker/read/unavailable.ts';
import { unavailablePage, unavailableViews } from '../../worker/render/pages/unavailable.tsx';

/** A site that can't be read: its address, and how often each path was asked for. */
export type UnavailableSite = {
  readonly origin: string;
  readonly asked: readonly string[];
  /** From now on it answers every path with a page of this text. */
  mend(text: string): void;
  [Symbol.asyncDispose](): Promise<void>;
};

/** What a release knows of its site: many languages, a long name, a long number. */
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

/** The last release of a site with a long name, in four languages, as far as a page that can't be read takes it from there. */
export const longRelease = {
  unavailable: (language: string) => ({
    page: unavailablePage(views, language, built.css),
    policy: built.policy,
  }),
};

/** Serves what the Worker answers while nothing can be read, from this machine. Readers are told to come back in 5 or 15 s. */
export async function unavailableSite(
  release: Parameters<typeof unavailable>[2],
  again: 'soonest' | 'latest' = 'latest',
): Promise<UnavailableSite> {
  const asked: string[] = [];
  let mended: string | null = null;
  const server = createServer(async ({ method = 'GET', url: path = '/' }, outgoing) => {
    asked.push(path);
    const answer =
      mended === null
        ? unavailable({ path, method }, again === 'latest' ? 0.99 : 0, release)
        : new Response(`<!doctype html><title>${mended}</title>`, {
            headers: { 'Content-Type': 'text/html' },
          });
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    asked,
    mend: (text) => {
      mended = text;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
