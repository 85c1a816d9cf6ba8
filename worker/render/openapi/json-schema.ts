import type { JsonFormNote } from '../../model/validation/json-form.ts';

/** A JSON Schema (2020-12, which OpenAPI 3.1 uses as it is), or any part of an OpenAPI document. */
export type Schema = { readonly [key: string]: unknown };

/** A reference to one of the schemas of an OpenAPI document. */
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** What is looked at of a schema or action of the validation library: it keeps its parts as plain fields. */
type Part = { readonly kind: string; readonly type: string } & { readonly [field: string]: unknown };

/** How schemas are described: where named ones go, and whether objects are closed to further fields. */
type Context = { readonly named: Record<string, Schema>; readonly closed: boolean };

/**
 * Converts a valibot schema to JSON Schema, as an answer has it: objects stay open, because an answer may gain fields.
 * Named schemas are collected in `named` and become `$ref`.
 * @throws on a kind of schema it does not know, so that none is described wrongly in silence
 */
export const jsonSchema = (of: object, named: Record<string, Schema>): Schema =>
  schemaOf(of as Part, { named, closed: false });

/** The same as a request has it: unknown fields are faults. */
export const requestSchema = (of: object, named: Record<string, Schema>): Schema =>
  schemaOf(of as Part, { named, closed: true });

function schemaOf(of: Part, context: Context): Schema {
  const { named, closed } = context;
  const pipe = pipeOf(of);
  const notes = pipe.flatMap(noteOf);
  const name = notes.find((note) => note.name !== undefined)?.name;
  if (name !== undefined) {
    named[name] ??= described(pipe, notes, { named, closed: false });
    return closed && 'properties' in named[name] ? { ...ref(name), unevaluatedProperties: false } : ref(name);
  }
  return described(pipe, notes, context);
}

function described(pipe: readonly Part[], notes: readonly JsonFormNote[], context: Context): Schema {
  const base = pipe.filter(({ kind }) => kind === 'schema').map((schema) => baseOf(schema, context));
  const limits = pipe.filter(({ kind }) => kind === 'validation').map(limitOf);
  return Object.assign({}, ...base, ...limits, ...notes.map((note) => note.jsonForm));
}

/** What a value passes through in turn, pipes within pipes laid flat. */
const pipeOf = (part: Part): readonly Part[] =>
  Array.isArray(part.pipe) ? (part.pipe as Part[]).flatMap(pipeOf) : [part];

function noteOf({ type, metadata, description }: Part): readonly JsonFormNote[] {
  if (type === 'description') return [{ jsonForm: { description: String(description) } }];
  const isNote = type === 'metadata' && typeof metadata === 'object' && metadata && 'jsonForm' in metadata;
  return isNote ? [metadata as JsonFormNote] : [];
}

function baseOf(schema: Part, context: Context): Schema {
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
      return { type: 'array', items: schemaOf(schema.item as Part, context) };
    case 'union':
    case 'variant':
      return { oneOf: (schema.options as Part[]).map((option) => schemaOf(option, context)) };
    case 'loose_object':
      return objectOf(schema.entries as Readonly<Record<string, Part>>, context);
    default:
      throw new Error(`no JSON Schema is known for ${schema.type}`);
  }
}

function objectOf(entries: Readonly<Record<string, Part>>, context: Context): Schema {
  const fields = Object.entries(entries);
  const isOptional = ({ type }: Part) => type === 'exact_optional';
  return {
    type: 'object',
    properties: Object.fromEntries(
      fields.map(([field, entry]) => [
        field,
        schemaOf(isOptional(entry) ? (entry.wrapped as Part) : entry, context),
      ]),
    ),
    required: fields.filter(([, entry]) => !isOptional(entry)).map(([field]) => field),
    ...(context.closed ? { additionalProperties: false } : {}),
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
