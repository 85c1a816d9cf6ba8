import { pageLanguage } from '../../strings/languages.ts';
import type { LocalizedText } from './text.tsx';

declare const safe: unique symbol;
/** HTML without scripts, whatever staff wrote. Only the Markdown renderer makes it. */
export type SafeHtml = string & { readonly [safe]: true };

/** Turns a Markdown body into safe HTML, with headings from level 2. */
export type ToHtml = (markdown: string) => SafeHtml;

// biome-ignore-start lint/security/noDangerouslySetInnerHtml: the Markdown renderer lets no HTML through
/** A body that staff wrote in Markdown, marked with its language if that is not the page's language. */
export const Body = ({ text, toHtml }: { text: LocalizedText; toHtml: ToHtml }) =>
  text.lang === undefined ? (
    <div class="body" dangerouslySetInnerHTML={{ __html: toHtml(text.text) }} />
  ) : (
    <div
      class="body"
      lang={text.lang}
      dir={pageLanguage(text.lang).direction}
      dangerouslySetInnerHTML={{ __html: toHtml(text.text) }}
    />
  );
// biome-ignore-end lint/security/noDangerouslySetInnerHtml: as above
