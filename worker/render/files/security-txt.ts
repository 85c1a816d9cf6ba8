import type { Bulletin } from '../../model/bulletin.ts';
import { addDays, type CivilDate, civilDateAt, monthOf, parseCivilDate } from '../../model/civil-date.ts';
import { agencyOf, languageTags } from '../../model/site.ts';
import { type Documents, define } from '../document.ts';

/** How long the file is valid, from the first day of the month of its rendering: RFC 9116 advises less than a year. */
const VALID_DAYS = 183;

/** `/.well-known/security.txt`: whom to tell about a vulnerability. https://www.rfc-editor.org/rfc/rfc9116 */
export const securityTxt: Documents = (bulletin, { asOf }) => {
  const { site } = bulletin;
  const view = {
    contact: contactOf(bulletin),
    expires: expiryOf(civilDateAt(asOf, site.timeZone)),
    languages: languageTags(site).join(', '),
    canonical: `${site.origin}/.well-known/security.txt`,
  };
  return [
    define(
      { path: '/.well-known/security.txt', type: 'text/plain; charset=utf-8', pack: 'release' },
      view,
      (v) =>
        `Contact: ${v.contact}\nExpires: ${v.expires}\nPreferred-Languages: ${v.languages}\nCanonical: ${v.canonical}\n`,
    ),
  ];
};

// "Web URIs must begin with https://" (§2.5.3), so an agency's plain http URL is not used.
function contactOf({ site }: Bulletin): string {
  const url = agencyOf(site, site.operator)?.url;
  return url?.startsWith('https://') ? new URL(url).href : `${site.origin}/`;
}

// It depends on the month only, so that the file changes once a month, at the site's midnight, not with every publish.
function expiryOf(today: CivilDate): string {
  const first = parseCivilDate(`${monthOf(today)}-01`);
  if (!first) throw new Error(`no month in ${today}`);
  return `${addDays(first, VALID_DAYS)}T00:00:00Z`;
}
