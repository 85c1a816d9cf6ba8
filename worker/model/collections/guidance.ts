import * as v from 'valibot';
import { exactObject } from '../validation/exact-object.ts';
import { order, source } from '../validation/fields.ts';
import { MAX_BODY, MAX_TITLE, type TextsSchema } from '../validation/text.ts';
import { byOrder, defineCollection } from './define.ts';

const schema = (texts: TextsSchema) =>
  exactObject({
    title: texts(MAX_TITLE),
    body: texts(MAX_BODY),
    topic: texts(MAX_TITLE),
    order: v.exactOptional(order),
    source: v.exactOptional(source),
  });

/** What to do, by topic. */
export const guidance = defineCollection(schema, {
  pages: 'section',
  months: false,
  compare: byOrder,
  heading: 'title',
  quoted: false,
  corrected: 'every field',
  seed: { kind: 'files', facts: { order: 'number' }, words: ['topic'], heading: 'title', text: 'body' },
});
