import type { Instant } from '../../model/instant.ts';

/** A page, in all languages. */
export type Entry = { readonly path: (language: string) => string; readonly lastModified?: Instant };

/** How entries are written. `languages`: the default one first. */
export type SitemapForm = {
  readonly origin: string;
  readonly languages: readonly string[];
  /**
   * Whether each address names the same page in the other languages
   * (https://developers.google.com/search/docs/specialty/international/localized-versions#sitemap). That grows with the
   * square of their number; the head of each page names them too, which is as good.
   */
  readonly hasAlternates: boolean;
};

/** A sitemap: https://www.sitemaps.org/protocol.html */
export const urlset = (form: SitemapForm, entries: readonly Entry[]): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ...entries.flatMap((entry) => urlElements(form, entry)),
    '</urlset>',
    '',
  ].join('\n');

function urlElements({ origin, languages, hasAlternates }: SitemapForm, { path, lastModified }: Entry) {
  const address = (language: string) => xmlText(origin + path(language));
  const link = (hreflang: string, language: string) =>
    `<xhtml:link rel="alternate" hreflang="${hreflang}" href="${address(language)}"/>`;
  const [defaultLanguage = ''] = languages;
  const links = hasAlternates
    ? languages.map((tag) => link(tag, tag)).join('') + link('x-default', defaultLanguage)
    : '';
  const modified = lastModified ? `<lastmod>${lastModified}</lastmod>` : '';
  return languages.map((tag) => `<url><loc>${address(tag)}</loc>${modified}${links}</url>`);
}

/** An index of sitemaps. */
export const sitemapIndex = (addresses: readonly string[]): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...addresses.map((address) => `<sitemap><loc>${xmlText(address)}</loc></sitemap>`),
    '</sitemapindex>',
    '',
  ].join('\n');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Escapes a text for XML, also inside quotes: https://www.w3.org/TR/xml/#syntax . A host may hold such characters. */
const xmlText = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
