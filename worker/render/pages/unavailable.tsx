import { render } from 'preact-render-to-string';
import type { Hotline } from '../../../client/page/frame/masthead.tsx';
import { Unavailable, type UnavailableView } from '../../../client/page/sections/unavailable.tsx';
import { type AgencyId, languageTags, type Site } from '../../model/site.ts';
import type { Shell } from '../../pack/format.ts';
import { agencyName, localize } from '../views/localize.ts';

/** A phone number and its agency. */
export type AgencyPhone = { readonly phone: string; readonly agency: AgencyId };

/** The views of the page "the bulletin can't be read just now", in each language of the site, the default one first. */
export const unavailableViews = (
  site: Pick<Site, 'name' | 'languages' | 'defaultLanguage' | 'agencies'>,
  hotline: AgencyPhone | undefined,
): readonly UnavailableView[] =>
  languageTags(site).map((tag) => ({
    tag,
    name: localize(site.name, tag, site),
    ...(hotline ? { hotline: hotlineIn(site, hotline, tag) } : {}),
  }));

const hotlineIn = (
  site: Pick<Site, 'defaultLanguage' | 'agencies'>,
  { phone, agency }: AgencyPhone,
  tag: string,
): Hotline => ({ phone, agency: agencyName(site, agency, tag) });

/** The place of the seconds. In the page it is before every text of staff, so its first occurrence is the right one. */
const SLOT = '{seconds}';

/**
 * Renders that page in one language, with the others below it. Its one slot is the number of seconds until it reloads
 * itself, which is chosen when the page is sent.
 * @param css the text of the page's style sheet
 */
export function unavailablePage(views: readonly UnavailableView[], tag: string, css: string): Shell {
  const own = views.find((view) => view.tag === tag) ?? { tag };
  const others = views.filter((view) => view !== own);
  const page = `<!doctype html>${render(<Unavailable own={own} others={others} css={css} retryAfter={SLOT} />)}`;
  const offset = page.indexOf(SLOT);
  return [page.slice(0, offset), page.slice(offset + SLOT.length)];
}
