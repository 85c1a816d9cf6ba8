import * as v from 'valibot';
import { says } from './says.ts';

/** Schema of an object: not null, not a list. */
export const plainObject = v.custom<Record<string, unknown>>(
  (input) => typeof input === 'object' && input !== null && !Array.isArray(input),
  says('object-expected'),
);

/**
 * Schema of an object with these fields and no others. Unlike the library's strict object, it reports every unknown
 * field, not only the first, up to `MAX_UNKNOWN`, and refuses a list.
 */
export const exactObject = <const Entries extends v.ObjectEntries>(entries: Entries) =>
  v.pipe(plainObject, exactFields(entries));

/** One more than an answer lists (`MAX_FAULTS`), so that it says that there are more: a body of 1 MiB can have 100,000. */
const MAX_UNKNOWN = 51;

/**
 * The fields of a member of a discriminated union: the union itself checks that the value is an object.
 * @param elsewhere what is said of a field that only other members have; of any other it is said that nobody knows it
 */
export const exactFields = <const Entries extends v.ObjectEntries>(
  entries: Entries,
  elsewhere: { readonly [field: string]: string } = {},
) =>
  v.pipe(
    withEveryField(v.looseObject(entries)),
    v.rawCheck(({ dataset, addIssue }) => {
      const unknown = Object.keys(Object(dataset.value)).filter((key) => !Object.hasOwn(entries, key));
      for (const key of unknown.slice(0, MAX_UNKNOWN)) {
        const pathItem = { type: 'object', origin: 'value', input: {}, key, value: undefined } as const;
        const message = Object.hasOwn(elsewhere, key) ? elsewhere[key] : undefined;
        addIssue({ message: message ?? says('field-unknown'), path: [pathItem] });
      }
    }),
    // An unknown field has failed the parse before this step, so the object has exactly these fields.
    v.transform((object) => object as Readonly<v.InferOutput<v.ObjectSchema<Entries, undefined>>>),
  );

// The library's loose object silently drops `__proto__`, `constructor` and `prototype`. This puts such fields back into
// the output, so that the check above reports them as unknown.
const withEveryField = <S extends v.LooseObjectSchema<v.ObjectEntries, undefined>>(schema: S): S => ({
  ...schema,
  '~run'(dataset, config) {
    const input = withFewUnknown(dataset.value, schema.entries);
    const parsed = schema['~run']({ ...dataset, value: input }, config);
    for (const key of Object.keys(Object(input)))
      if (!Object.hasOwn(Object(parsed.value), key))
        Object.defineProperty(parsed.value, key, { value: undefined, enumerable: true });
    return parsed;
  },
});

// What is over the bound is never looked at.
function withFewUnknown(input: unknown, entries: v.ObjectEntries): unknown {
  const fields = Object.keys(Object(input));
  if (fields.length <= MAX_UNKNOWN) return input;
  const unknown = fields.filter((field) => !Object.hasOwn(entries, field)).slice(0, MAX_UNKNOWN);
  const known = Object.keys(entries).filter((field) => Object.hasOwn(Object(input), field));
  return Object.fromEntries([...known, ...unknown].map((field) => [field, Object(input)[field]]));
}
