import { pageLanguage } from '../../strings/languages.ts';
import { fillText } from './fill.ts';
import type { Formats } from './formats.ts';

/** A text that staff wrote, in the page's language; `lang` is set where it fell back to another one. */
export type LocalizedText = { readonly text: string; readonly lang?: string };

/**
 * A written text inside a line. Isolated, so that neither its direction nor an override in it reaches what stands
 * around it (UAX #9 §2.7); marked with its language where it is not the page's.
 */
export const Text = ({ of }: { of: LocalizedText }) =>
  of.lang === undefined ? (
    <bdi>{of.text}</bdi>
  ) : (
    <bdi lang={of.lang} dir={pageLanguage(of.lang).direction}>
      {of.text}
    </bdi>
  );

/** Says which language a text is in, where it has no translation; nothing otherwise. */
export const Untranslated = ({ of, f }: { of: LocalizedText; f: Formats }) =>
  of.lang === undefined ? null : (
    <>
      {' '}
      <span class="tag">{fillText(f.strings.untranslated, { language: f.languageName(of.lang) })}</span>
    </>
  );
