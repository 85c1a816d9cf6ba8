import * as v from 'valibot';
import { exactObject } from '../validation/exact-object.ts';
import { civilDate, inOrder, order, source } from '../validation/fields.ts';
import { MAX_BODY, MAX_TITLE, type TextsSchema } from '../validation/text.ts';
import { byOrder, defineCollection } from './define.ts';

const schema = (texts: TextsSchema) =>
  v.pipe(
    exactObject({
      order,
      title: texts(MAX_TITLE),
      plannedFrom: v.exactOptional(civilDate),
      from: v.exactOptional(civilDate),
      until: v.exactOptional(civilDate),
      note: v.exactOptional(texts(MAX_BODY)),
      open: texts(MAX_BODY),
      closed: texts(MAX_BODY),
      source: v.exactOptional(source),
    }),
    inOrder('from', 'until'),
  );

/**
 * Phases of the plan. `plannedFrom` is the planned first day of a phase. The phase is on from `from` to `until`, both
 * days included. Without `from` it has not begun.
 */
export const plan = defineCollection(schema, {
  pages: 'section',
  months: false,
  compare: byOrder,
  heading: 'title',
  quoted: false,
  corrected: 'every field',
  seed: {
    kind: 'files',
    facts: { order: 'number', plannedFrom: 'text', from: 'text', until: 'text' },
    words: [],
    heading: 'title',
    text: ['open', 'closed', 'note'],
  },
});
