import * as v from 'valibot';
import { exactObject } from '../validation/exact-object.ts';
import { order, webAddress } from '../validation/fields.ts';
import { jsonForm } from '../validation/json-form.ts';
import { line, MAX_TITLE, type TextsSchema } from '../validation/text.ts';
import { byOrder, defineCollection } from './define.ts';

/** `website` by the name it once had: an item's `url` says where the item is to be read, so the contact's own was renamed. */
const renamed = <C extends { readonly url?: string; readonly website?: string }>({ url, ...contact }: C) =>
  url === undefined ? contact : { website: url, ...contact };

const schema = (texts: TextsSchema) =>
  v.pipe(
    exactObject({
      name: texts(MAX_TITLE),
      kind: v.picklist(['hotline', 'fund', 'agency', 'other'], 'must be hotline, fund, agency or other'),
      phone: v.exactOptional(
        v.pipe(line(40), v.regex(/^\+?[0-9*#][0-9 ()*#-]*$/, 'must be a telephone number')),
      ),
      website: v.exactOptional(webAddress),
      url: v.exactOptional(
        v.pipe(webAddress, jsonForm({ deprecated: true, description: 'The older name of `website`.' })),
      ),
      hours: v.exactOptional(texts(MAX_TITLE)),
      order: v.exactOptional(order),
    }),
    v.check(({ url, website }) => url === undefined || website === undefined, 'has both website and url'),
    v.transform(renamed),
  );

/** Whom to call or write to. */
export const contacts = defineCollection(schema, {
  pages: 'home',
  months: false,
  compare: byOrder,
  heading: 'name',
  quoted: false,
  corrected: 'every field',
  seed: { kind: 'list' },
  upgrade: renamed,
});
