import * as v from 'valibot';
import { exactObject } from '../validation/exact-object.ts';
import { order, telephoneNumber, webAddress } from '../validation/fields.ts';
import { jsonForm } from '../validation/json-form.ts';
import { says } from '../validation/says.ts';
import { MAX_TITLE, type TextsSchema } from '../validation/text.ts';
import { byOrder, defineCollection } from './define.ts';

/** Renames `url`, the older name of `website`. In the API, `url` is the address of the item itself. */
const renameUrl = <C extends { readonly url?: string; readonly website?: string }>({ url, ...contact }: C) =>
  url === undefined ? contact : { website: url, ...contact };

const schema = (texts: TextsSchema) =>
  v.pipe(
    exactObject({
      name: texts(MAX_TITLE),
      kind: v.picklist(
        ['hotline', 'fund', 'agency', 'other'],
        says('word-other', { words: 'hotline, fund, agency, other' }),
      ),
      phone: v.exactOptional(telephoneNumber),
      website: v.exactOptional(webAddress),
      url: v.exactOptional(
        v.pipe(webAddress, jsonForm({ deprecated: true, description: 'The older name of `website`.' })),
      ),
      hours: v.exactOptional(texts(MAX_TITLE)),
      order: v.exactOptional(order),
    }),
    v.check(({ url, website }) => url === undefined || website === undefined, says('contact-two-addresses')),
    v.transform(renameUrl),
  );

/** Contacts that the public can call or write to. */
export const contacts = defineCollection(schema, {
  pages: 'home',
  months: false,
  compare: byOrder,
  heading: 'name',
  quoted: false,
  corrected: 'every field',
  seed: { kind: 'list' },
  upgrade: renameUrl,
});
