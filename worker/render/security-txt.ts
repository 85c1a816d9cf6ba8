import type { Bulletin } from '../model/bulletin.ts';
import { addDays, civilDateAt, monthOf, parseCivilDate } from '../model/civil-date.ts';
import type { Instant } from '../model/instant.ts';
import { agencyOf, languageTags } from '../model/site.ts';
import { type Documents, define } from './document.ts';

/** Days a file is good for, from the first of the month it was rendered in: RFC 9116 advises less than a year. */
const VALID_DAYS = 183;

/** `/.well-known/security.txt`: whom to tell of a hole. https://www.rfc-editor.org/rfc/rfc9116 */
export const securityTxt: Documents = (bulletin, { asOf }) => {
  const { site } = bulletin;
  const view = {
    contact: contactOf(bulletin),
    expires: expiryOf(asOf),
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

// "Web URIs must begin with https://" (§2.5.3), so an agency's plain http address will not do.
function contactOf({ site }: Bulletin): string {
  const url = agencyOf(site, site.operator)?.url;
  return url?.startsWith('https://') ? new URL(url).href : `${site.origin}/`;
}

// By the month, so that the file changes once a month and not with every publish.
function expiryOf(asOf: Instant): string {
  const first = parseCivilDate(`${monthOf(civilDateAt(asOf, 'UTC'))}-01`);
  if (!first) throw new Error(`no month in ${asOf}`);
  return `${addDays(first, VALID_DAYS)}T00:00:00Z`;
}
