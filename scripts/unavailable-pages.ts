import { createHash } from 'node:crypto';
import { STRINGS_TAGS } from '../client/strings/languages.ts';
import { unavailablePage, unavailableViews } from '../worker/render/pages/unavailable.tsx';
import type { SeedIdentity } from './seed/seed-identity.ts';

/** The page that says that the bulletin can't be read, as the Worker contains it. */
export type UnavailablePages = {
  /** The page's style sheet. */
  readonly css: string;
  /** The page's Content-Security-Policy, which allows this style sheet and nothing else. */
  readonly policy: string;
  readonly defaultLanguage: string;
  /** The HTML by language, split where the number of seconds until the page reloads must be inserted. */
  readonly pages: { readonly [language: string]: readonly string[] };
};

/**
 * Renders this page at build time, for a Worker that has no release to read it from.
 * @param css the text of the page's style sheet
 * @param identity the identity in the seed, null if it is not known: then the page is in every language that has
 * strings
 */
export function unavailablePages(css: string, identity: SeedIdentity | null): UnavailablePages {
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
