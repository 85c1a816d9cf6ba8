import type { JsonFormNote } from '../../model/validation/json-form.ts';

/** A JSON Schema (2020-12, which OpenAPI 3.1 uses as it is), or any part of an OpenAPI document. */
export type Schema = { readonly [key: string]: unknown };

/** A reference to one of the schemas of an OpenAPI document. */
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** What is looked at of a schema or action of the validation library: it keeps its parts as plain fields. */
type Part = { readonly kind: string; readonly type: string } & { readonly [field: string]: unknown };

/**
 * A schema that validates, as the JSON Schema it comes to. Objects stay open: an answer may gain fields, and whoever
 * describes a request closes it. What is named is put into `named`, and referred to.
 * Throws on a kind of schema it does not know, so that none is described wrongly in silence.
 */
export function jsonSchema(of: object, named: Record<string, Schema>): Schema {
  const pipe = pipeOf(of as Part);
  const notes = pipe.flatMap(noteOf);
  const name = notes.find((note) => note.name !== undefined)?.name;
  if (name !== undefined && named[name]) return ref(name);
  const base = pipe.filter(({ kind }) => kind === 'schema').map((schema) => baseOf(schema, named));
  const limits = pipe.filter(({ kind }) => kind === 'validation').map(limitOf);
  const schema: Schema = Object.assign({}, ...base, ...limits, ...notes.map((note) => note.jsonForm));
  if (name === undefined) return schema;
  named[name] = schema;
  return ref(name);
}

/** What a value passes through in turn, pipes within pipes laid flat. */
const pipeOf = (part: Part): readonly Part[] =>
  Array.isArray(part.pipe) ? (part.pipe as Part[]).flatMap(pipeOf) : [part];

function noteOf({ type, metadata, description }: Part): readonly JsonFormNote[] {
  if (type === 'description') return [{ jsonForm: { description: String(description) } }];
  const isNote = type === 'metadata' && typeof metadata === 'object' && metadata && 'jsonForm' in metadata;
  return isNote ? [metadata as JsonFormNote] : [];
}

function baseOf(schema: Part, named: Record<string, Schema>): Schema {
  switch (schema.type) {
    case 'custom': // a check of another kind: what follows it in the pipe says what the value is
      return {};
    case 'string':
    case 'number':
    case 'boolean':
      return { type: schema.type };
    case 'picklist':
      return { enum: schema.options };
    case 'literal':
      return { const: schema.literal };
    case 'array':
      return { type: 'array', items: jsonSchema(schema.item as object, named) };
    case 'variant':
      return { oneOf: (schema.options as object[]).map((option) => jsonSchema(option, named)) };
    case 'loose_object':
      return objectOf(schema.entries as Readonly<Record<string, Part>>, named);
    default:
      throw new Error(`no JSON Schema is known for ${schema.type}`);
  }
}

function objectOf(entries: Readonly<Record<string, Part>>, named: Record<string, Schema>): Schema {
  const fields = Object.entries(entries);
  const isOptional = ({ type }: Part) => type === 'exact_optional';
  return {
    type: 'object',
    properties: Object.fromEntries(
      fields.map(([field, entry]) => [
        field,
        jsonSchema(isOptional(entry) ? (entry.wrapped as object) : entry, named),
      ]),
    ),
    required: fields.filter(([, entry]) => !isOptional(entry)).map(([field]) => field),
  };
}

// Checks that are functions say nothing here: `jsonForm` speaks for them.
function limitOf({ type, requirement }: Part): Schema {
  switch (type) {
    case 'regex':
      return { pattern: (requirement as RegExp).source };
    case 'safe_integer':
      return { type: 'integer' };
    case 'min_value':
      return { minimum: requirement };
    case 'min_length':
      return { minItems: requirement };
    case 'max_length':
      return { maxItems: requirement };
    default:
      return {};
  }
}
