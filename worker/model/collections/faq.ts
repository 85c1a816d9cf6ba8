import * as v from 'valibot';
import { exactObject } from '../validation/exact-object.ts';
import { order, source } from '../validation/fields.ts';
import { MAX_BODY, MAX_TITLE, type TextsSchema } from '../validation/text.ts';
import { byOrder, defineCollection } from './define.ts';

const schema = (texts: TextsSchema) =>
  exactObject({
    question: texts(MAX_TITLE),
    answer: texts(MAX_BODY),
    topic: texts(MAX_TITLE),
    order: v.exactOptional(order),
    source: v.exactOptional(source),
  });

/** Questions from the public, each with its answer, by topic. */
export const faq = defineCollection(schema, {
  pages: 'section',
  months: false,
  compare: byOrder,
  heading: 'question',
  quoted: false,
  corrected: 'every field',
  seed: {
    kind: 'files',
    facts: { order: 'number' },
    words: ['topic'],
    heading: 'question',
    text: 'answer',
  },
});
