import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { seedIdentity } from '../../scripts/seed/seed-identity.ts';
import { unavailablePages } from '../../scripts/unavailable-pages.ts';
import { makeCheckout } from '../crash/checkout.ts';
import { inTestLong } from '../in-test-long.ts';
import { runProgram } from './run-program.ts';
import { AGENCY, writeSmallSeed } from './small-seed.ts';

const root = join(import.meta.dirname, '../..');
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** The path of a small seed with these settings and contacts. Contacts as a string are written as they are. */
function aSeed(site: object = {}, contacts: string | object[] = []): string {
  const folder = mkdtempSync(join(tmpdir(), 'nashra-seed-'));
  folders.push(folder);
  writeSmallSeed(folder, [], site);
  const text = typeof contacts === 'string' ? contacts : JSON.stringify(contacts);
  writeFileSync(join(folder, 'kv-seed/contacts.json'), text);
  return join(folder, 'kv-seed');
}

const aContact = (kind: string, phone: string, order?: number) => ({
  agency: AGENCY,
  content: { name: { en: `Call ${phone}` }, kind, phone, ...(order === undefined ? {} : { order }) },
});

const languages = [
  { tag: 'fr', locale: 'fr-FR' },
  { tag: 'en', locale: 'en-GB' },
];
const french = {
  name: { fr: 'Crue de la Lys', en: 'The Lys in flood' },
  languages,
  defaultLanguage: 'fr',
  agencies: [{ id: AGENCY, name: { fr: 'Régie des eaux' } }],
  license: { name: 'CC0', attribution: { fr: 'La régie' } },
  metrics: [],
};

describe('the identity of a site, as its seed has it', () => {
  it('has the name, the languages and the first hotline', async () => {
    const contacts = [
      aContact('agency', '10'),
      aContact('hotline', '333'),
      aContact('hotline', '112', 2),
      aContact('hotline', '151', 1),
    ];
    expect(await seedIdentity(aSeed({}, contacts))).toEqual({
      site: {
        name: { en: 'High water' },
        languages: [{ tag: 'en', locale: 'en-GB' }],
        defaultLanguage: 'en',
        agencies: [{ id: AGENCY, name: { en: 'River authority' } }],
      },
      hotline: { phone: '151', agency: AGENCY },
    });
    // The second contact of the file gets the id 2.
    expect(await seedIdentity(aSeed({ hotline: '2' }, contacts))).toMatchObject({
      hotline: { phone: '333' },
    });
  });

  it.each([
    ['are not JSON', '{'],
    ['have a fault', [{ agency: AGENCY, content: { kind: 'hotline', phone: 'x' } }]],
    ['have no hotline', [aContact('fund', '10')]],
  ])('has no hotline if the contacts %s', async (_, contacts) => {
    const identity = await seedIdentity(aSeed({}, contacts));
    expect(identity?.site.name).toEqual({ en: 'High water' });
    expect(identity).not.toHaveProperty('hotline');
  });

  it('is null if the settings are missing, are not JSON or have a fault', async () => {
    const missing = aSeed();
    rmSync(join(missing, 'site.json'));
    const broken = aSeed();
    writeFileSync(join(broken, 'site.json'), '{"name":');
    for (const folder of [missing, broken, aSeed({ timeZone: 'Nowhere' }), join(missing, 'none')])
      expect(await seedIdentity(folder)).toBeNull();
  });
});

describe('the built page of a Worker without a release', () => {
  it('has the languages of the seed and no others', async () => {
    const identity = await seedIdentity(aSeed(french, [aContact('hotline', '0800 000 321')].map(inFrench)));
    const { pages, defaultLanguage } = unavailablePages('p{}', identity);
    expect([defaultLanguage, ...Object.keys(pages)]).toEqual(['fr', 'fr', 'en']);
    expect(pages.fr?.join('5')).toMatch(/<html lang="fr".*content="5".*Crue de la Lys.*Régie des eaux/s);
    expect(pages.en?.join('5')).toMatch(/<html lang="en".*The Lys in flood.*href="tel:0800000321"/s);
    expect(JSON.stringify(pages)).not.toMatch(/[\u0600-\u06ff]/);
  });

  it('has all languages that have strings, without a name, if nothing is known of the site', () => {
    const { pages, defaultLanguage } = unavailablePages('p{}', null);
    expect([defaultLanguage, ...Object.keys(pages)]).toEqual(['ar', 'ar', 'en']);
    for (const page of Object.values(pages)) expect(page.join('5')).not.toMatch(/class="(name|hotline)"/);
  });
});

inTestLong(
  'the page is built again if the seed has another name or is gone, with the same template version',
  async () => {
    const checkout = makeCheckout(root);
    const build = () => runProgram(process.execPath, ['scripts/build-worker.ts'], { cwd: checkout.root });
    const versionIn = (text: string) => /templateVersion.*'(\w+)'/.exec(text)?.[1];
    const built = (name: string) => readFileSync(join(checkout.root, 'dist', name), 'utf8');
    try {
      await build();
      const version = versionIn(built('build.ts'));
      writeSmallSeed(checkout.root, []);
      expect(await build()).toMatchObject({
        code: 0,
        out: 'build: what depends on the seed, which has changed\n',
      });
      for (const file of ['build.ts', 'worker/index.js'])
        expect([file, built(file).includes('High water</title>')]).toEqual([file, true]);
      expect(versionIn(built('build.ts'))).toBe(version);
      expect((await build()).out).toBe('Already built from these sources.\n');
      rmSync(join(checkout.root, 'kv-seed'), { recursive: true });
      expect((await build()).code).toBe(0);
      expect(built('worker/index.js').includes('High water')).toBe(false);
      mkdirSync(join(checkout.root, 'kv-seed'));
      expect((await build()).out).toBe('Already built from these sources.\n');
    } finally {
      checkout.dispose();
    }
  },
);

/** A contact of a site whose default language is French. */
function inFrench<C extends { content: { name: { en: string } } }>(contact: C) {
  const { content } = contact;
  return { ...contact, content: { ...content, name: { fr: content.name.en } } };
}
