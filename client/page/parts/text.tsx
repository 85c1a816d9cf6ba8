import type { ComponentChildren } from 'preact';
import { pageLanguage } from '../../strings/languages.ts';
import { fillText } from './fill.ts';
import type { Formats } from './formats.ts';
import { numberElement, numbersToKeep } from './number-order.ts';

/** A text that staff wrote. `lang` is set if the text has no translation and is in another language than the page. */
export type LocalizedText = { readonly text: string; readonly lang?: string };

/** A text with its telephone and signed numbers in the order in which they were written. */
function inOrder(text: string): ComponentChildren {
  const numbers = numbersToKeep(text);
  if (numbers.length === 0) return text;
  const parts: ComponentChildren[] = [];
  let end = 0;
  for (const { kind, from, to } of numbers) {
    const digits = text.slice(from, to);
    const { tag: Tag, ...attributes } = numberElement(kind, digits);
    parts.push(
      text.slice(end, from),
      <Tag dir="ltr" {...attributes}>
        {digits}
      </Tag>,
    );
    end = to;
  }
  return [...parts, text.slice(end)];
}

/**
 * A text of staff inside a line. It is isolated, so that neither its direction nor an override in it affects the text
 * around it (UAX #9 §2.7), and marked with its language if that is not the page's language.
 */
export const Text = ({ text }: { text: LocalizedText }) =>
  text.lang === undefined ? (
    <bdi>{inOrder(text.text)}</bdi>
  ) : (
    <bdi lang={text.lang} dir={pageLanguage(text.lang).direction}>
      {inOrder(text.text)}
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
