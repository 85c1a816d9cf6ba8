import { type Collection, contentName, contentSchema } from '../../worker/model/collections/registry.ts';
import { requestSchema, type Schema } from '../../worker/render/openapi/json-schema.ts';

/** Two example contents: one with the required fields only, one with every field. */
export type Examples = {
  readonly least: Readonly<Record<string, unknown>>;
  readonly full: Readonly<Record<string, unknown>>;
};

const LANGUAGES = [
  { tag: 'ar', locale: 'ar-KW' },
  { tag: 'en', locale: 'en-GB' },
];

/** Examples of a collection's content, generated from its schema. */
export function examplesFromSchema(collection: Collection): Examples {
  const named: Record<string, Schema> = {};
  requestSchema(contentSchema(collection, { languages: LANGUAGES, defaultLanguage: 'ar' }), named);
  const content = named[contentName(collection)] ?? {};
  return {
    least: exampleOf(content, named, false) as Examples['least'],
    full: exampleOf(content, named, true) as Examples['full'],
  };
}

type Field = {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly items?: Field;
  readonly properties?: { readonly [name: string]: Field };
  readonly required?: readonly string[];
  readonly minProperties?: number;
};

/** A value that the JSON Schema allows, with every optional field if `isFull`, else with none. */
function exampleOf(schema: Schema, named: Readonly<Record<string, Schema>>, isFull: boolean): unknown {
  const { $ref, type, format, pattern, minimum, items, properties = {}, ...rest }: Field = schema;
  if ($ref) return exampleOf(named[$ref.split('/').at(-1) ?? ''] ?? {}, named, isFull);
  if (rest.enum) return rest.enum[0];
  const isTexts = rest.minProperties === 1; // the default language's text is required; `required` can't express this
  const isWanted = (name: string): boolean =>
    isFull || rest.required?.includes(name) === true || (isTexts && name === 'ar');
  switch (type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(properties)
          .filter(([name]) => isWanted(name))
          .map(([name, field]) => [name, exampleOf(field, named, isFull)]),
      );
    case 'array':
      return items ? [exampleOf(items, named, isFull)] : [];
    case 'integer':
    case 'number':
      return minimum ?? 1;
    case 'boolean':
      return true;
    case 'string':
      if (format === 'date') return '2021-08-03';
      if (format === 'date-time') return '2021-08-04T00:00:00Z';
      return pattern?.includes('://') ? 'https://example.org/' : 'Text';
    default:
      throw new Error(`no example for the schema ${JSON.stringify(schema)}`);
  }
}
