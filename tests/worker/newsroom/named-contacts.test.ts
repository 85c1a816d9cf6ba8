import { beforeEach, expect, it } from 'vitest';
import { aSite } from '../a-site.ts';
import { emptySite } from '../empty-site.ts';
import { createKey, get, setUpSite, pacedStaff as staff } from '../staff-client.ts';

const contact = (changes: object = {}) => ({
  name: { ar: 'خط ساخن' },
  kind: 'hotline',
  phone: '151',
  ...changes,
});
const asHealth = { 'Nashra-Agency': 'health' };

/** Adds a contact of the health ministry; gives its id. */
const add = async (changes: object = {}): Promise<string> =>
  (await staff('POST', 'contacts', { body: contact(changes), headers: asHealth })).body.id;

const putSite = (changes: object) => staff('PUT', 'site', { body: { ...aSite(), ...changes } });
const hotline = async () => /class="hotline" href="tel:([^"]+)"/.exec((await get('/en/')).body)?.[1];
const fallbacks = async () => (await staff('GET', 'status')).body.fallbacks;

beforeEach(emptySite);

it('no agency takes the place of the hotline that the operator has chosen', async () => {
  await setUpSite();
  const id = await add({ order: 5 });
  expect((await putSite({ hotline: id })).status).toBe(200);
  const { key } = await createKey('finance');
  const attack = contact({ phone: '+999 900 1234', order: -9007199254740991 });
  expect((await staff('POST', 'contacts', { body: attack, key })).status).toBe(201);
  expect(await hotline()).toBe('151');
  expect((await get('/api/v1/site.json')).body.hotline).toBe(id);
  expect(await fallbacks()).toEqual([]);
});

it('a chosen contact that is withdrawn gives way to the next, and status says so until another is chosen', async () => {
  await setUpSite();
  const id = await add();
  const other = await add({ phone: '152' });
  await putSite({ hotline: id });
  await staff('DELETE', `contacts/${id}`, { body: { reason: 'r' }, headers: asHealth });
  expect(await hotline()).toBe('152');
  expect(await fallbacks()).toEqual([
    { setting: 'hotline', contact: id, detail: expect.stringMatching(/^contact 1 was withdrawn at 20/) },
  ]);
  // Other settings can still be changed, and the choice need not be taken back first.
  expect((await putSite({ hotline: id, notice: { ar: 'تنبيه' } })).status).toBe(200);
  expect((await putSite({ hotline: other })).status).toBe(200);
  expect(await fallbacks()).toEqual([]);
});

it.each([
  ['is not there', { hotline: '77' }, '#/hotline', /contact 77 does not exist/],
  ['is of another kind', { fund: '1' }, '#/fund', /contact 1 is of kind hotline/],
  ['has no number to call', { hotline: '2' }, '#/hotline', /contact 2 has no phone/],
])('an open site refuses the choice of a contact that %s', async (_, choice, pointer, detail) => {
  await setUpSite();
  await add();
  await staff('POST', 'contacts', { body: { name: { ar: 'خط' }, kind: 'hotline' }, headers: asHealth });
  const { status, body } = await putSite(choice);
  expect([status, body.errors]).toEqual([
    422,
    [expect.objectContaining({ pointer, detail: expect.stringMatching(detail) })],
  ]);
});

it('a site that is not open yet may choose a contact that is still to come; opening it needs the contact', async () => {
  expect((await putSite({ open: false, hotline: '1' })).status).toBe(200);
  expect(await fallbacks()).toHaveLength(1);
  expect((await putSite({ open: true, hotline: '1' })).status).toBe(422);
  await add();
  expect((await putSite({ open: true, hotline: '1' })).status).toBe(200);
  expect(await hotline()).toBe('151');
});
