import * as v from 'valibot';
import type { CellValue } from '../cell-facts.ts';
import { factsBytes } from '../usage.ts';
import { exactObject } from '../validation/exact-object.ts';
import { civilDate } from '../validation/fields.ts';
import { says } from '../validation/says.ts';
import { MAX_TITLE, textsIn } from '../validation/text.ts';
import type { Languages } from './bodies.ts';

/**
 * The most bytes of what is known of a figure beside its number, as JSON. A day's figures are one row, and a row of the
 * Newsroom holds 2 MB (https://developers.cloudflare.com/durable-objects/platform/limits/): 100 figures fit.
 */
export const MAX_FACTS_BYTES = 15_000;

type Number = v.GenericSchema<unknown, number | null>;

/**
 * Schema of a figure with what else is known of it.
 * @param figure the schema of the number alone
 */
export const cellWith = (
  figure: Number,
  { languages, defaultLanguage }: Languages,
): v.GenericSchema<unknown, CellValue> =>
  v.pipe(
    exactObject({
      value: figure,
      at: v.exactOptional(
        v.pipe(v.string(says('hour-expected')), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, says('hour-form'))),
      ),
      provisionalUntil: v.exactOptional(
        v.pipe(civilDate, v.description('The last day on which the number may still change.')),
      ),
      state: v.exactOptional(
        v.pipe(
          v.literal('not-reported', says('word-other', { words: 'not-reported' })),
          v.description('The agency says that it reports no number: `value` is null.'),
        ),
      ),
      note: v.exactOptional(
        textsIn(
          languages.map(({ tag }) => tag),
          defaultLanguage,
          MAX_TITLE,
        ),
      ),
    }),
    v.check(
      ({ value: _, ...facts }) => factsBytes(facts) <= MAX_FACTS_BYTES,
      says('cell-too-large', { most: MAX_FACTS_BYTES }),
    ),
    v.check(({ value, state }) => state === undefined || value === null, says('cell-state-value')),
    v.check(
      ({ value, provisionalUntil }) => provisionalUntil === undefined || value !== null,
      says('cell-provisional-value'),
    ),
  );
