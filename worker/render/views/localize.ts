import type { LocalizedText } from '../../../client/page/parts/text.tsx';
import { agencyOf, type Site } from '../../model/site.ts';
import { type Texts, textIn } from '../../model/validation/text.ts';

/** A text as a reader of `language` is shown it, marked where it fell back to another language. */
export function localize(texts: Texts, language: string, site: Pick<Site, 'defaultLanguage'>): LocalizedText {
  const shown = textIn(texts, language, site.defaultLanguage);
  return shown.language === language ? { text: shown.text } : { text: shown.text, lang: shown.language };
}

/** An agency's name; its id where the site no longer knows it. */
export function agencyName(
  site: Pick<Site, 'agencies' | 'defaultLanguage'>,
  id: string,
  language: string,
): LocalizedText {
  const agency = agencyOf(site, id);
  return agency ? localize(agency.name, language, site) : { text: id };
}
