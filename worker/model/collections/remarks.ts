import * as v from 'valibot';
import { isDecimal, MAX_DECIMALS } from '../decimal.ts';
import { exactObject } from '../validation/exact-object.ts';
import { civilDate, inOrder, instant, metricId } from '../validation/fields.ts';
import { says } from '../validation/says.ts';
import { MAX_REASON, type TextsSchema } from '../validation/text.ts';
import { defineCollection, newestFirst } from './define.ts';

/** The largest amount and the largest restated total, as large as the largest figure. */
const MAX_AMOUNT = 1_000_000_000_000;

const NUMBER = says('number-with-decimals', { decimals: MAX_DECIMALS });
const TOO_LARGE = says('number-between', { least: -MAX_AMOUNT, most: MAX_AMOUNT });

const amount = v.pipe(
  v.number(NUMBER),
  v.check(isDecimal, NUMBER),
  v.minValue(-MAX_AMOUNT, TOO_LARGE),
  v.maxValue(MAX_AMOUNT, TOO_LARGE),
);

const schema = (texts: TextsSchema) =>
  v.pipe(
    exactObject({
      metric: v.pipe(
        metricId,
        v.description('The metric that the remark is about; of an amount, the flow or one total of it.'),
      ),
      kind: v.picklist(
        ['adjustment', 'restatement', 'break', 'problem', 'pause'],
        says('word-other', { words: 'adjustment, restatement, break, problem, pause' }),
      ),
      date: v.pipe(
        civilDate,
        v.description('The first day of the total as it is now, of the new method, the problem, the pause.'),
      ),
      until: v.exactOptional(
        v.pipe(
          civilDate,
          v.description('The last day of a pause or a problem; absent: nobody knows it yet.'),
        ),
      ),
      amount: v.exactOptional(
        v.pipe(
          amount,
          v.description(
            'What an adjustment or a restatement adds to the running total, below 0 if it lowers it.',
          ),
        ),
      ),
      total: v.exactOptional(
        v.pipe(
          amount,
          v.minValue(0, says('number-not-negative')),
          v.description('Of a restatement, in place of `amount`: the running total at the end of `date`.'),
        ),
      ),
      period: v.exactOptional(
        v.pipe(
          v.pipe(exactObject({ from: civilDate, until: civilDate }), inOrder('from', 'until')),
          v.description('The days that the amount belongs to, if it is not known to which of them.'),
        ),
      ),
      text: texts(MAX_REASON),
      nextWord: v.exactOptional(v.pipe(instant, v.description('When the agency says more about it.'))),
    }),
    inOrder('date', 'until'),
  );

/**
 * What is known about a series but is not a figure of a day. `adjustment`: an amount whose days are not known.
 * `restatement`: a total that its agency has revised. `break`: the metric is counted in another way from `date` on.
 * `pause`: nothing is reported from `date` to `until`, both included. `problem`: something is wrong with the metric.
 */
export const remarks = defineCollection(schema, {
  pages: 'data',
  months: false,
  about: 'figures',
  compare: newestFirst,
  heading: 'text',
  quoted: false,
  corrected: 'every field',
  seed: { kind: 'list' },
});
