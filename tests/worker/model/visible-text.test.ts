import { describe, expect, it } from 'vitest';
import { says } from '../../../worker/model/validation/says.ts';
import {
  firstInvisible,
  isVisible,
  withoutBidiControls,
} from '../../../worker/model/validation/visible-text.ts';
import { addressFault, shownAddress } from '../../../worker/model/web-address.ts';

/** Every control of direction, and every other character that shows nothing. */
const CONTROLS = '\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069';
const INVISIBLE =
  '\u00ad\u034f\u115f\u1160\u17b4\u200b\u2028\u2029\u2060\u2064\u206a\u206f\u3164\ufeff\uffa0\ufff9\u{e0001}\u{e0041}';

describe('a text of one line', () => {
  it.each(
    [...CONTROLS, ...INVISIBLE].map((character) => [character.codePointAt(0)?.toString(16), character]),
  )('has no U+%s', (code, character) => {
    const name = `U+${code?.toUpperCase().padStart(4, '0')}`;
    expect(firstInvisible(`👩🏽‍🚒 قلب${character}a`)).toEqual({ character: name, position: 9 });
    expect(firstInvisible(character ?? '')).toEqual({ character: name, position: 1 });
  });

  it.each([
    'می\u200cخواهم خانه\u200cها',
    '١٤٤٢ ه\u200d',
    'क्\u200dष ক্\u200cষ',
    '👩🏽\u200d⚕️ 👨\u200d👩\u200d👧 ❤️\u200d🔥 🏴\u200d☠️ 🏳️\u200d🌈 1️⃣ ☎︎',
    '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    '葛\u{e0100}飾区',
    '\u200fCOVID-19 في الكويت\u200f',
    'عدد \u061c-5 و\u200e+965 151\u200e',
    'ᠪᠠᠷᠢᠭ\u180e\u180aᠠ',
  ])('keeps what is a part of the writing: %s', (text) => expect(firstInvisible(text)).toBeNull());

  it.each([
    '\u200da',
    'a \u200cb',
    'ب\u200c\u200cب',
    '\u200f\u200f',
    'a\ufe0f\ufe0f',
    '🏴\u{e0067}a',
    ' \ufe0f',
  ])('refuses what only looks like a part of the writing: %j', (text) =>
    expect(firstInvisible(text)).not.toBeNull(),
  );

  it('is empty if it shows nothing', () => {
    for (const text of [
      INVISIBLE,
      CONTROLS,
      ' \u200b\u00a0',
      '\u200f',
      '\u200d',
      '\u3164\u2800',
      '\u180e\ufe0f',
    ])
      expect(isVisible(text), JSON.stringify(text)).toBe(false);
    for (const text of ['a', '\u200b.', 'ه', '😷', '\u0301']) expect(isVisible(text)).toBe(true);
  });

  it('loses only the controls of direction where nothing isolates it', () => {
    expect(withoutBidiControls(`a${CONTROLS}b \u200f😷\ufe0f`)).toBe('ab \u200f😷\ufe0f');
  });
});

describe('an address', () => {
  it.each([
    'https://moh.example@evil.example/',
    'http://@evil.example',
    'https:///a:b@evil.example',
    'https://a\\@b/',
  ])('has no user part: %s', (address) =>
    expect(addressFault(address)).toBe(address.endsWith('\\@b/') ? null : says('address-user')),
  );

  it.each([
    'https://a.example/@b',
    'https://a.example?b@c',
    'https://a.example#b@c',
    'https://موقع.فلسطين/أ',
  ])('may have anything after the host: %s', (address) => {
    expect(addressFault(address)).toBeNull();
    expect(shownAddress(address)).toBe(address);
  });

  it("is shown in ASCII if its host mixes scripts, or if it has what can't be seen", () => {
    expect(shownAddress('https://www.\u0430pple.com/a?ü')).toBe('https://www.xn--pple-43d.com/a?%C3%BC');
    expect(shownAddress('https://موقع.com/')).toMatch(/^https:\/\/xn--[a-z0-9]+\.com\/$/);
    expect(shownAddress('https://例え.テスト/')).toBe('https://例え.テスト/');
    expect(shownAddress('https://a.example/\u2067b')).toBe('https://a.example/%E2%81%A7b');
    expect(shownAddress('https://a:b@evil.example/')).toBe('https://evil.example/');
    expect(shownAddress('no address \u202e')).toBe('no address ');
  });
});
