import * as v from 'valibot';
import { exactObject } from '../validation/exact-object.ts';
import { civilDate, source } from '../validation/fields.ts';
import { MAX_BODY, MAX_TITLE, type TextsSchema } from '../validation/text.ts';
import { defineCollection, newestFirst } from './define.ts';

const schema = (texts: TextsSchema) =>
  exactObject({
    claim: texts(MAX_TITLE),
    verdict: texts(MAX_TITLE),
    answer: texts(MAX_BODY),
    date: civilDate,
    source: v.exactOptional(source),
  });

/** Claims that people spread, each with the verdict of a check on `date`. */
export const rumours = defineCollection(schema, {
  pages: 'items',
  months: false,
  compare: newestFirst,
  heading: 'claim',
  quoted: true,
  corrected: 'every field',
  seed: { kind: 'files', facts: { date: 'text' }, words: ['verdict'], heading: 'claim', text: 'answer' },
});
