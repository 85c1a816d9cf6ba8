import { runInDurableObject } from 'cloudflare:test';
import { beforeAll, describe, expect, it } from 'vitest';
import { COLLECTIONS, isAboutFigures } from '../../../worker/model/collections/registry.ts';
import type { Fault } from '../../../worker/model/problem.ts';
import { aSite } from '../a-site.ts';
import { CONTENT_EXAMPLES } from '../content-examples.ts';
import { newsContent, newsroom, setUpSite, pacedStaff as staff } from '../staff-client.ts';

describe('a text, a number or an address', () => {
  beforeAll(() => setUpSite());

  const contact = (changes: object) => ({ name: { ar: 'خط' }, kind: 'hotline', ...changes });
  const errorsOf = async (path: string, body: unknown) => {
    const { status, body: answer } = await staff('POST', path, { body });
    return [status, ...(answer.errors ?? []).map((e: Fault) => `${e.pointer} ${e.detail}`)];
  };

  it('of one line has no controls of direction and nothing invisible; a body may', async () => {
    const override = '\u202e';
    const ends = 'the invisible character U+202E, at character 2';
    expect(await errorsOf('news', newsContent({ title: { ar: `x${override}` } }))).toEqual([
      422,
      `#/title/ar must not contain ${ends}`,
    ]);
    const source = [{ url: 'https://a.example/', title: `x${override}` }];
    const decision = { ...newsContent({ source }), issuer: { ar: `x${override}` }, number: `x${override}` };
    expect(await errorsOf('decisions', decision)).toEqual([
      422,
      `#/issuer/ar must not contain ${ends}`,
      `#/number must not contain ${ends}`,
      `#/source/0/title must not contain ${ends}`,
    ]);
    expect((await errorsOf('news', newsContent({ body: { ar: `x${override}y` } })))[0]).toBe(201);
    expect(
      (await errorsOf('news', newsContent({ title: { ar: 'می\u200cخواهم 👩🏽\u200d⚕️\u200f' } })))[0],
    ).toBe(201);
    for (const name of [{ ar: `x${override}` }, { ar: '\u200b' }]) {
      const answer = await staff('PUT', 'site', { body: aSite({ name }) });
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '#/name/ar' }] } });
    }
  });

  it('is empty if it shows nothing', async () => {
    for (const text of ['\u200b', '\u00ad\u2060', ' \u200f ', '\ufeff', '\u3164'])
      expect(await errorsOf('news', newsContent({ title: { ar: text }, body: { ar: text } }))).toEqual([
        422,
        '#/title/ar must not be empty',
        '#/body/ar must not be empty',
      ]);
  });

  it('to call is a telephone number', async () => {
    for (const phone of ['**21*96599999999#', '*100#', '151#', '1', '1234567890123456', '()', '١٥١', '15/1'])
      expect(await errorsOf('contacts', contact({ phone }))).toEqual([
        422,
        '#/phone must be a telephone number',
      ]);
    for (const phone of [
      '151',
      '18',
      '+965 2497-0967',
      '(02) 123 456',
      '+44 (0)20 7946 0000',
      '123456789012345',
    ])
      expect((await errorsOf('contacts', contact({ phone })))[0], phone).toBe(201);
  });

  it('of the web has no user part and nothing invisible', async () => {
    for (const [address, fault] of [
      ['https://moh.example@evil.example/', 'must not have a user part before the host'],
      [
        'https://evil.example/\u202ewk',
        'must not contain invisible characters: write them in the form %E2%80%8C',
      ],
    ] as const) {
      expect(await errorsOf('contacts', contact({ website: address }))).toEqual([422, `#/website ${fault}`]);
      expect(await errorsOf('contacts', contact({ url: address }))).toEqual([422, `#/url ${fault}`]);
      const source = [{ url: address }];
      expect(await errorsOf('news', newsContent({ source }))).toEqual([422, `#/source/0/url ${fault}`]);
      const agencies = aSite().agencies.map((agency) => ({ ...agency, url: address }));
      const license = { ...aSite().license, url: address };
      const { errors } = (await staff('PUT', 'site', { body: aSite({ agencies, license }) })).body;
      expect(errors.map(({ pointer }: Fault) => pointer)).toEqual([
        ...agencies.map((_, i) => `#/agencies/${i}/url`),
        '#/license/url',
      ]);
    }
  });

  it('from before the rules stays, and the item and the settings can be changed and withdrawn', async () => {
    const old = {
      name: { ar: 'خط\u202e', en: '\u200b' },
      phone: '**21*5#',
      website: 'https://a@evil.example/',
    };
    const { id } = (await staff('POST', 'contacts', { body: contact({ phone: '151' }) })).body;
    const oldSite = aSite({ firstDate: '0001-01-01', name: { ar: 'اسم\u202e' } });
    await runInDurableObject(newsroom(), (_, { storage }) => {
      const [row] = storage.sql
        .exec<{ item: string }>(
          "SELECT item FROM item WHERE collection = 'contacts' AND serial = ?",
          Number(id),
        )
        .toArray();
      const item = JSON.parse(row?.item ?? '');
      const changed = JSON.stringify({ ...item, content: { ...item.content, ...old } });
      storage.sql.exec(
        "UPDATE item SET item = ? WHERE collection = 'contacts' AND serial = ?",
        changed,
        Number(id),
      );
      storage.sql.exec('UPDATE site SET site = ?', JSON.stringify(oldSite));
    });
    const path = `contacts/${id}`;
    const patched = await staff('PATCH', path, { body: { content: { order: 3 } } });
    expect(patched, JSON.stringify(patched.body)).toMatchObject({
      status: 200,
      body: { changed: ['order'] },
    });
    const newPhone = await staff('PATCH', path, { body: { content: { phone: '**22*5#' } } });
    expect(newPhone.body.errors).toMatchObject([
      { pointer: '#/content/phone', detail: 'must be a telephone number' },
    ]);
    expect((await staff('PATCH', path, { body: { content: { phone: '151' } } })).status).toBe(200);
    expect((await staff('DELETE', path, { body: { reason: 'Old' } })).status).toBe(200);
    const opened = await staff('PUT', 'site', { body: { ...oldSite, notice: { ar: 'جديد' } } });
    expect(opened, JSON.stringify(opened.body)).toMatchObject({ status: 200, body: { changed: ['notice'] } });
    await setUpSite();
  });
});

describe('a date', () => {
  beforeAll(() => setUpSite());

  it('of an item is not before the first date of the site less ten years', async () => {
    const detail = "must be 2010-02-24 or later: at most 10 years before the site's first date, 2020-02-24";
    // What is said about figures has tests of its own.
    for (const collection of COLLECTIONS.filter((c) => !isAboutFigures(c))) {
      const { full } = CONTENT_EXAMPLES[collection];
      for (const [field, value] of Object.entries(full)) {
        if (!/^\d{4}-\d\d-\d\d$/.test(String(value))) continue;
        const content = { ...full, effectiveFrom: undefined, from: undefined, [field]: '2010-02-23' };
        const fault = expect.objectContaining({ pointer: `#/${field}`, detail });
        const refused = await staff('POST', collection, { body: content });
        expect(refused.body.errors, `${collection} ${field}`).toContainEqual(fault);
        const items = [{ agency: 'media', content }];
        const imported = await staff('POST', 'import', { body: { collection, items } });
        expect(imported.body.errors).toContainEqual(
          expect.objectContaining({ pointer: `#/items/0/content/${field}`, detail }),
        );
        expect(
          (await staff('POST', collection, { body: { ...content, [field]: '2010-02-24' } })).status,
        ).toBe(201);
      }
    }
    const items = [{ agency: 'media', publishedAt: '2010-02-23T23:59:59Z', content: newsContent() }];
    expect(await staff('POST', 'import', { body: { collection: 'news', items } })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '#/items/0/publishedAt' }] },
    });
  });

  it('that is too early but already published does not prevent an edit of other fields', async () => {
    const { id } = (await staff('POST', 'news', { body: newsContent({ date: '2010-02-24' }) })).body;
    await setUpSite({ firstDate: '2020-03-01' });
    const edit = (content: object) => staff('PATCH', `news/${id}`, { body: { content } });
    expect((await edit({ title: { en: 'Edited' } })).status).toBe(200);
    expect((await edit({ date: '2010-02-25' })).status).toBe(422);
  });

  it('is the first of a site from 1900 on', async () => {
    for (const firstDate of ['0001-01-01', '1899-12-31'])
      expect(await staff('PUT', 'site', { body: aSite({ firstDate }) })).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '#/firstDate', detail: 'must be 1900-01-01 or later' }] },
      });
    await setUpSite({ firstDate: '1900-01-01' });
  });
});
