import { says } from './validation/says.ts';
import { hasInvisible, withoutBidiControls } from './validation/visible-text.ts';

/** Scripts that make up one writing each: UAX #24, and for East Asia the sets of UTS #39 §5.1. */
const WRITINGS = [
  ...'Latin Arabic Cyrillic Greek Hebrew Armenian Georgian Ethiopic Thai Lao Khmer Myanmar Tibetan Sinhala'.split(
    ' ',
  ),
  ...'Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Thaana Syriac Nko'.split(' '),
  'Han Hiragana Katakana',
  'Han Hangul',
  'Han Bopomofo',
].map(
  (scripts) =>
    new RegExp(
      `^[${['Common', 'Inherited', ...scripts.split(' ')].map((s) => `\\p{Script=${s}}`).join('')}]*$`,
      'u',
    ),
);

// Browsers skip any slashes after the scheme, take a backslash for a slash, and end the host there (URL Standard §4.4).
const AUTHORITY = /^https?:[/\\]*([^/\\?#]*)/i;

/** What is wrong with an address that is http or https and can be parsed, by `says`; null if nothing is. */
export function addressFault(address: string): string | null {
  if (hasUserPart(address)) return says('address-user');
  return hasInvisible(address) ? says('address-invisible') : null;
}

/** Whether an http or https address has a user part, as `https://moh.example@evil.example/` has: it looks like a host. */
export const hasUserPart = (address: string): boolean => AUTHORITY.exec(address)?.[1]?.includes('@') ?? false;

/**
 * An address as text for readers: as it is written, if that shows where it leads. Otherwise, in ASCII: an address whose host
 * mixes scripts (punycode, so that a Cyrillic letter is not taken for a Latin one), with invisible characters, or from
 * before addresses could have no user part.
 */
export function shownAddress(address: string): string {
  const host = AUTHORITY.exec(address)?.[1] ?? '';
  const isPlain =
    !hasUserPart(address) && !hasInvisible(address) && WRITINGS.some((writing) => writing.test(host));
  if (isPlain) return address;
  if (!URL.canParse(address)) return withoutBidiControls(address);
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href;
}
