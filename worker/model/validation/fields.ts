import * as v from 'valibot';
import { parseCivilDate } from '../civil-date.ts';
import { parseInstant } from '../instant.ts';
import { parseItemId } from '../item.ts';
import { parseAgencyId, parseMetricId } from '../site.ts';
import { addressFault } from '../web-address.ts';
import { exactObject } from './exact-object.ts';
import { jsonForm } from './json-form.ts';
import { checkNew } from './known-texts.ts';
import { listOf } from './list-of.ts';
import { says } from './says.ts';
import { line, MAX_TITLE } from './text.ts';

/**
 * Turns a text into the type that a parser gives.
 * @param parse gives null for a text that it refuses
 * @param fault what `says` gives for such a text
 */
export const parsedBy = <T>(parse: (text: string) => T | null, fault: string) =>
  v.rawTransform<string, T>(({ dataset, addIssue, NEVER }) => {
    const parsed = parse(dataset.value);
    if (parsed !== null) return parsed;
    addIssue({ message: fault });
    return NEVER;
  });

/** Schema of the address of a link: http or https only, so that no `javascript:` gets into a page, without a user part. */
export const webAddress = v.pipe(
  line(2_000),
  v.check((s) => /^https?:\/\/[^\s]+$/i.test(s) && URL.canParse(s), says('address-form')),
  checkNew((s) => (URL.canParse(s) ? addressFault(s) : null)),
  jsonForm({ pattern: '^[Hh][Tt][Tt][Pp][Ss]?://\\S+$', description: 'Stored as sent.' }),
);

/** The fewest digits of a number that anybody dials, such as 18, and the most (ITU-T E.164 §6.2.1). */
const PHONE_DIGITS = { least: 2, most: 15 } as const;

const PHONE = /^\+?[0-9(][0-9 ()-]*$/;
// What was a number before `*` and `#` were refused.
const ANY_PHONE = /^\+?[0-9*#(][0-9 ()*#-]*$/;

/**
 * Schema of a telephone number: digits, and between them spaces, hyphens and parentheses (ITU-T E.123 §7). No `*` or `#`,
 * which are commands to the network: `**21*…#` forwards all calls.
 */
export const telephoneNumber = v.pipe(
  line(40),
  v.regex(ANY_PHONE, says('phone-form')),
  checkNew((s) => (ANY_PHONE.test(s) && !isTelephoneNumber(s) ? says('phone-form') : null)),
  jsonForm({ pattern: PHONE.source }),
);

/** Whether a text is a telephone number of 2 to 15 digits, international or not. */
export function isTelephoneNumber(text: string): boolean {
  const digits = text.replace(/[^0-9]/g, '').length;
  return PHONE.test(text) && digits >= PHONE_DIGITS.least && digits <= PHONE_DIGITS.most;
}

/** Schema of a civil date. */
export const civilDate = v.pipe(
  v.string(says('date-expected')),
  parsedBy(parseCivilDate, says('date-form')),
  jsonForm({ format: 'date', description: "A day of the site's time zone." }, 'CivilDate'),
);

/** Schema of an instant, sent with any offset. */
export const instant = v.pipe(
  v.string(says('instant-expected')),
  parsedBy(parseInstant, says('instant-form')),
  jsonForm(
    { format: 'date-time', description: 'UTC, in whole seconds, with Z. A request may use any offset.' },
    'Instant',
  ),
);

/** Schema of an agency's id. */
export const agencyId = v.pipe(
  v.string(says('id-expected')),
  parsedBy(parseAgencyId, says('agency-id-form')),
  jsonForm({ pattern: '^[a-z0-9-]{1,64}$' }),
);

/** Schema of the id of a metric that the settings have. */
export const metricId = v.pipe(
  v.string(says('metric-id-form')),
  parsedBy(parseMetricId, says('metric-id-form')),
  jsonForm({ pattern: '^[a-z][a-z0-9_]{0,63}$', not: { enum: ['date', 'constructor'] } }),
);

/** Schema of an item's id. */
export const itemId = v.pipe(
  v.string(says('item-id-form')),
  parsedBy(parseItemId, says('item-id-form')),
  jsonForm({ pattern: '^[1-9][0-9]{0,14}$' }),
);

/** Schema of an item's `order` in its list: the lowest comes first. */
export const order = v.pipe(v.number(says('number-whole')), v.safeInteger(says('number-whole')));

/** One source of an item. `url` is http or https. */
export type Source = v.InferOutput<typeof source>[number];

/** Schema of an item's sources: at most 50 addresses, each with an optional title. */
export const source = v.pipe(
  listOf(exactObject({ url: webAddress, title: v.exactOptional(line(MAX_TITLE)) }), 50, 'sources'),
  v.readonly(),
);

/** Checks that the date in field `until` is not before the date in field `from`, if both exist. Faults are at `until`. */
export const inOrder = <Content extends object>(
  from: keyof Content & string,
  until: keyof Content & string,
): v.RawCheckAction<Content> =>
  v.rawCheck(({ dataset, addIssue }) => {
    const { [from]: first, [until]: last }: { readonly [field: string]: unknown } = Object(dataset.value);
    if (typeof first !== 'string' || typeof last !== 'string' || first <= last) return;
    const pathItem = { type: 'object', origin: 'value', input: {}, key: until, value: last } as const;
    addIssue({ message: says('date-order', { field: from }), path: [pathItem] });
  });
