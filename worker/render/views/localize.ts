import type { LocalizedText } from '../../../client/page/parts/text.tsx';
import type { PublicItem } from '../../model/bulletin.ts';
import { isIssuer } from '../../model/rights.ts';
import { agencyOf, type Site } from '../../model/site.ts';
import { type Texts, textIn } from '../../model/validation/text.ts';

/** The text for a reader of `language`. If it fell back to another language, `lang` names that language. */
export function localize(texts: Texts, language: string, site: Pick<Site, 'defaultLanguage'>): LocalizedText {
  const found = textIn(texts, language, site.defaultLanguage);
  return found.language === language ? { text: found.text } : { text: found.text, lang: found.language };
}

/** An agency's name; its id if the site's settings no longer have the agency. */
export function agencyName(
  site: Pick<Site, 'agencies' | 'defaultLanguage'>,
  id: string,
  language: string,
): LocalizedText {
  const agency = agencyOf(site, id);
  return agency ? localize(agency.name, language, site) : { text: id };
}

/**
 * The agency that posted a decision, as a field of a view; left out if that agency is the issuer, whom the view names.
 */
export function postedBy(
  site: Pick<Site, 'agencies' | 'defaultLanguage'>,
  { agency, content }: PublicItem<'decisions'>,
  language: string,
): { readonly postedBy?: LocalizedText } {
  const poster = agencyOf(site, agency);
  return poster && isIssuer(poster, content.issuer) ? {} : { postedBy: agencyName(site, agency, language) };
}
