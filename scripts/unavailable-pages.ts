import { createHash } from 'node:crypto';
import { STRINGS_TAGS } from '../client/strings/languages.ts';
import { unavailablePage, unavailableViews } from '../worker/render/pages/unavailable.tsx';
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
