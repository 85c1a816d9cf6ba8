import * as v from 'valibot';
import { exactObject } from './validation/exact-object.ts';
import { civilDate } from './validation/fields.ts';
import { listOf } from './validation/list-of.ts';
import { says } from './validation/says.ts';

/** As many exceptions as a few years have holidays. */
const MAX_EXCEPTIONS = 400;
/** The longest grace: a week. */
const MAX_GRACE_MINUTES = 10_080;

const WEEKDAY = says('weekday-form');
const GRACE = says('number-of-minutes', { least: 0, most: MAX_GRACE_MINUTES });

/** Schema of when a metric's figure of a day is due, in the site's zone. */
export const due = v.pipe(
  exactObject({
    weekdays: v.pipe(
      listOf(
        v.pipe(v.number(WEEKDAY), v.safeInteger(WEEKDAY), v.minValue(1, WEEKDAY), v.maxValue(7, WEEKDAY)),
        7,
        'weekdays',
      ),
      v.minLength(1, says('weekdays-empty')),
      v.check((days) => new Set(days).size === days.length, says('list-repeats', { name: 'weekday' })),
      v.readonly(),
      v.description('1 is Monday, 7 is Sunday.'),
    ),
    time: v.pipe(v.string(says('hour-expected')), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, says('hour-form'))),
    graceMinutes: v.pipe(
      v.number(GRACE),
      v.safeInteger(GRACE),
      v.minValue(0, GRACE),
      v.maxValue(MAX_GRACE_MINUTES, GRACE),
      v.description('From then on the figure counts as late.'),
    ),
    except: v.exactOptional(v.pipe(listOf(civilDate, MAX_EXCEPTIONS, 'dates'), v.readonly())),
  }),
  v.description(
    "When the figure of a day is due: on these weekdays, but for some dates, in the site's zone.",
  ),
);
