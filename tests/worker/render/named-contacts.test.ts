import { describe, expect, it } from 'vitest';
import type { Bulletin } from '../../../worker/model/bulletin.ts';
import type { ItemId } from '../../../worker/model/item.ts';
import type { Right } from '../../../worker/model/rights.ts';
import type { AgencyId, Site } from '../../../worker/model/site.ts';
import { notFoundPages, shells, unavailablePages } from '../../../worker/render/pages/pages.tsx';
import { aBulletin, aMoment } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { pageHtml, visibleText } from './page-text.ts';

type Contact = readonly [agency: string, kind: 'hotline' | 'fund' | 'other', phone: string];

/**
 * A bulletin with these contacts, whose ids are 1, 2, 3 …, of agencies with these rights (the operating one is `it`).
 */
function withContacts(contacts: readonly Contact[], settings: object, may?: readonly Right[]): Bulletin {
  const agencies = aSite().agencies.map((agency) => (may ? { ...agency, may } : agency));
  const site: Site = { ...aSite({ agencies }), ...settings };
  const items = contacts.map(([agency, kind, phone], i) => ({
    id: String(i + 1) as ItemId,
    agency: agency as AgencyId,
    publishedAt: aMoment().asOf,
    content: { name: { ar: phone }, kind, phone },
  }));
  return aBulletin({ site, changes: [{ kind: 'items', payload: { collection: 'contacts', items } }] });
}

/** The numbers that the site gives as the hotline's, on every kind of page. */
function hotlines(bulletin: Bulletin): readonly string[] {
  const shell = shells(bulletin, aMoment()).map(({ render }) => render().join());
  const others = [...notFoundPages(bulletin, aMoment()), ...unavailablePages(bulletin)].map(({ render }) =>
    [render()].flat().join(),
  );
  const plates = [...shell, ...others, pageHtml(bulletin, '/ar/about/')].map((html) => {
    const [, number] = /class="hotline" href="tel:([^"]+)"/.exec(html) ?? [];
    return number ?? 'none';
  });
  const [about = 'none'] = /(?<=<main.*href="tel:)[^"]+/s.exec(pageHtml(bulletin, '/ar/about/')) ?? [];
  return [...new Set([...plates, about])];
}

/** The text of the block of the fund, and of the block of the contacts. */
function blocks(bulletin: Bulletin): { readonly fund: string; readonly contacts: string } {
  const html = pageHtml(bulletin, '/en/');
  const block = (id: string) => {
    const [found = ''] = new RegExp(`<section[^>]*id="${id}".*?</section>`, 's').exec(html) ?? [];
    return visibleText(`<body>${found}`);
  };
  return { fund: block('fund'), contacts: block('contacts') };
}

const TWO: readonly Contact[] = [
  ['finance', 'hotline', '911'],
  ['health', 'hotline', '151'],
];

describe('the hotline', () => {
  it('is the first one if the settings name no rights, as it always was', () => {
    expect(hotlines(withContacts(TWO, {}))).toEqual(['911']);
  });

  it('is the one that the settings choose', () => {
    expect(hotlines(withContacts(TWO, { hotline: '2' }))).toEqual(['151']);
    expect(hotlines(withContacts(TWO, { hotline: '2' }, []))).toEqual(['151']);
  });

  it('is never of an agency without the right, unless it is chosen or of the operating agency', () => {
    expect(hotlines(withContacts(TWO, {}, ['contacts']))).toEqual(['none']);
    expect(hotlines(withContacts(TWO, {}, ['hotline']))).toEqual(['911']);
    expect(hotlines(withContacts([...TWO, ['it', 'hotline', '100']], {}, ['contacts']))).toEqual(['100']);
  });

  it.each(['3', '4', '99'])('falls back if the chosen contact, %s, is no hotline or not there', (hotline) => {
    const contacts: readonly Contact[] = [...TWO, ['health', 'other', '300']];
    expect(hotlines(withContacts(contacts, { hotline }))).toEqual(['911']);
    expect(hotlines(withContacts(contacts, { hotline }, ['contacts']))).toEqual(['none']);
  });
});

describe('the block of the fund', () => {
  const contacts: readonly Contact[] = [
    ['finance', 'fund', '911'],
    ['health', 'fund', '151'],
  ];

  it('has all funds if the settings name no rights and choose none', () => {
    expect(blocks(withContacts(contacts, {}))).toMatchObject({
      fund: expect.stringMatching(/911.*151/),
      contacts: '',
    });
  });

  it('has only the fund that the settings choose; the others are ordinary contacts', () => {
    const { fund, contacts: rest } = blocks(withContacts(contacts, { fund: '2' }, []));
    expect(fund).toContain('151');
    expect(fund).not.toContain('911');
    expect(rest).toContain('911');
    expect(rest).not.toContain('151');
  });

  it('is not there if no agency with a fund has the right', () => {
    const { fund, contacts: rest } = blocks(withContacts(contacts, {}, ['contacts']));
    expect(fund).toBe('');
    expect(rest).toMatch(/911.*151/);
  });
});
