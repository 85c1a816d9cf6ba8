import { pageLanguage } from '../../strings/languages.ts';
import type { LocalizedText } from './text.tsx';

/** Turns a Markdown body into safe HTML, with headings from level 2. */
export type ToHtml = (markdown: string) => string;

// biome-ignore-start lint/security/noDangerouslySetInnerHtml: made by the Markdown renderer, which lets no HTML through
/** A body that staff wrote in Markdown, marked with its language where it is not the page's. */
export const Body = ({ of, toHtml }: { of: LocalizedText; toHtml: ToHtml }) =>
  of.lang === undefined ? (
    <div class="body" dangerouslySetInnerHTML={{ __html: toHtml(of.text) }} />
  ) : (
    <div
      class="body"
      lang={of.lang}
      dir={pageLanguage(of.lang).direction}
      dangerouslySetInnerHTML={{ __html: toHtml(of.text) }}
    />
  );
// biome-ignore-end lint/security/noDangerouslySetInnerHtml: as above
