import * as v from 'valibot';
import { exactObject } from '../validation/exact-object.ts';
import { civilDate, inOrder, itemId, source } from '../validation/fields.ts';
import { line, MAX_BODY, MAX_TITLE, type TextsSchema } from '../validation/text.ts';
import { defineCollection, newestFirst } from './define.ts';

const schema = (texts: TextsSchema) =>
  v.pipe(
    exactObject({
      title: texts(MAX_TITLE),
      body: texts(MAX_BODY),
      date: civilDate,
      issuer: texts(MAX_TITLE),
      number: v.exactOptional(line(MAX_TITLE)),
      topic: v.exactOptional(texts(MAX_TITLE)),
      effectiveFrom: v.exactOptional(civilDate),
      effectiveUntil: v.exactOptional(civilDate),
      replaces: v.exactOptional(itemId),
      source: v.exactOptional(source),
    }),
    inOrder('effectiveFrom', 'effectiveUntil'),
  );

/**
 * Government decisions, each taken on `date`. A decision is in force from `effectiveFrom` to `effectiveUntil`, both
 * days included. Without `effectiveFrom` its first day is not known. `replaces` is the id of the replaced decision.
 */
export const decisions = defineCollection(schema, {
  pages: 'items',
  months: true,
  compare: newestFirst,
  heading: 'title',
  quoted: false,
  corrected: 'every field',
  seed: {
    kind: 'files',
    facts: {
      date: 'text',
      effectiveFrom: 'text',
      effectiveUntil: 'text',
      number: 'text',
      replaces: 'file',
    },
    words: ['issuer', 'topic'],
    heading: 'title',
    text: 'body',
  },
});
