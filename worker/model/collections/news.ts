import * as v from 'valibot';
import { exactObject } from '../validation/exact-object.ts';
import { civilDate, instant, source } from '../validation/fields.ts';
import { MAX_BODY, MAX_TITLE, type TextsSchema } from '../validation/text.ts';
import { defineCollection, newestFirst } from './define.ts';

const schema = (texts: TextsSchema) =>
  exactObject({
    title: texts(MAX_TITLE),
    body: texts(MAX_BODY),
    date: civilDate,
    breaking: v.exactOptional(exactObject({ until: instant })),
    source: v.exactOptional(source),
  });

/** News: what happened on `date`. With `breaking`, the news is breaking until an instant. */
export const news = defineCollection(schema, {
  pages: 'items',
  months: true,
  compare: newestFirst,
  heading: 'title',
  quoted: false,
  corrected: 'every field',
  seed: {
    kind: 'files',
    facts: { date: 'text', breakingUntil: { within: 'breaking', as: 'until' } },
    words: [],
    heading: 'title',
    text: 'body',
  },
});
