import { pageLanguage } from '../../strings/languages.ts';
import { fillText } from './fill.ts';
import type { Formats } from './formats.ts';

/** A text that staff wrote. `lang` is set if the text has no translation and is in another language than the page. */
export type LocalizedText = { readonly text: string; readonly lang?: string };

/**
 * A text of staff inside a line. It is isolated, so that neither its direction nor an override in it affects the text
 * around it (UAX #9 §2.7), and marked with its language if that is not the page's language.
 */
export const Text = ({ text }: { text: LocalizedText }) =>
  text.lang === undefined ? (
    <bdi>{text.text}</bdi>
  ) : (
    <bdi lang={text.lang} dir={pageLanguage(text.lang).direction}>
      {text.text}
    </bdi>
  );

/** The name of the text's language, if the text is not translated. Nothing otherwise. */
export const Untranslated = ({ text, f }: { text: LocalizedText; f: Formats }) =>
  text.lang === undefined ? null : (
    <>
      {' '}
      <span class="tag">{fillText(f.strings.untranslated, { language: f.languageName(text.lang) })}</span>
    </>
  );
