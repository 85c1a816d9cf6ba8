import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { STRINGS_TAGS } from '../client/strings/languages.ts';
import { buildFailed } from './build-trouble.ts';
import type { SeedIdentity } from './seed/seed-identity.ts';

/** What the Worker knows of the page that says the bulletin can't be read. */
export type UnavailablePages = {
  /** The style sheet in it. */
  readonly css: string;
  /** The Content-Security-Policy it is sent with, which lets that style sheet through and nothing else. */
  readonly policy: string;
  readonly defaultLanguage: string;
  /** By language, each in the texts around its one slot: the seconds until it asks again. */
  readonly pages: { readonly [language: string]: readonly string[] };
};

/**
 * Renders that page for a Worker that has no release to take it from.
 * @param css the text of its style sheet
 * @param identity of the site to come; null where that is not known: then the page is in every language that has strings
 * @throws BuildFailed where the template has faults
 */
export async function unavailablePages(
  root: string,
  css: string,
  identity: SeedIdentity | null,
): Promise<UnavailablePages> {
  const { unavailablePage, unavailableViews } = await template(root);
  const views = identity
    ? unavailableViews(identity.site, identity.hotline)
    : STRINGS_TAGS.map((tag) => ({ tag }));
  const hash = createHash('sha256').update(css).digest('base64');
  return {
    css,
    policy: [
      "default-src 'none'",
      `style-src 'sha256-${hash}'`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    defaultLanguage: views[0]?.tag ?? '',
    pages: Object.fromEntries(views.map(({ tag }) => [tag, unavailablePage(views, tag, css)])),
  };
}

/** The template as it is now. Node reads no JSX, so esbuild makes a module of it that it does read. */
async function template(root: string): Promise<typeof import('../worker/render/pages/unavailable.tsx')> {
  const { outputFiles } = await esbuild
    .build({
      entryPoints: [join(root, 'worker/render/pages/unavailable.tsx')],
      absWorkingDir: root,
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      logLevel: 'silent',
    })
    .catch(buildFailed);
  const [file] = outputFiles;
  if (!file) throw new Error('nothing was built of the page');
  return import(`data:text/javascript;base64,${Buffer.from(file.contents).toString('base64')}`);
}
