import * as v from 'valibot';

/** Schema of an object: not null, not a list. */
export const plainObject = v.custom<Record<string, unknown>>(
  (input) => typeof input === 'object' && input !== null && !Array.isArray(input),
  'must be an object',
);

/**
 * Schema of an object with these fields and no others. Unlike the library's strict object, it reports every unknown
 * field, not only the first, and refuses a list.
 */
export const exactObject = <const Entries extends v.ObjectEntries>(entries: Entries) =>
  v.pipe(plainObject, exactFields(entries));

/** The fields of a member of a discriminated union: the union itself checks that the value is an object. */
export const exactFields = <const Entries extends v.ObjectEntries>(entries: Entries) =>
  v.pipe(
    withEveryField(v.looseObject(entries)),
    v.rawCheck(({ dataset, addIssue }) => {
      for (const key of Object.keys(Object(dataset.value))) {
        if (Object.hasOwn(entries, key)) continue;
        const pathItem = { type: 'object', origin: 'value', input: {}, key, value: undefined } as const;
        addIssue({ message: 'is not a known field', path: [pathItem] });
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
    const input = dataset.value;
    const parsed = schema['~run'](dataset, config);
    for (const key of Object.keys(Object(input)))
      if (!Object.hasOwn(Object(parsed.value), key))
        Object.defineProperty(parsed.value, key, { value: undefined, enumerable: true });
    return parsed;
  },
});
