import { render } from 'preact-render-to-string';
import type { Hotline } from '../../../client/page/frame/masthead.tsx';
import { Unavailable, type UnavailableView } from '../../../client/page/sections/unavailable.tsx';
import { type AgencyId, languageTags, type Site } from '../../model/site.ts';
import type { Shell } from '../../pack/format.ts';
import { agencyName, localize } from '../views/localize.ts';

/** A number to call, and the agency whose it is. */
export type AgencyPhone = { readonly phone: string; readonly agency: AgencyId };

/** What the page that says the bulletin can't be read shows of a site, in each of its languages, the default one first. */
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

/** Where the seconds go. On the page it stands before all that staff wrote, so its first place is the right one. */
const SLOT = '{seconds}';

/**
 * That page in one of the languages, with the others below. Its one slot is the seconds until it asks again, which are
 * settled when it is sent.
 * @param css the text of its style sheet
 */
export function unavailablePage(views: readonly UnavailableView[], tag: string, css: string): Shell {
  const own = views.find((view) => view.tag === tag) ?? { tag };
  const others = views.filter((view) => view !== own);
  const page = `<!doctype html>${render(<Unavailable own={own} others={others} css={css} retryAfter={SLOT} />)}`;
  const at = page.indexOf(SLOT);
  return [page.slice(0, at), page.slice(at + SLOT.length)];
}
