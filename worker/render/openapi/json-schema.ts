import type { JsonFormNote } from '../../model/validation/json-form.ts';

/** A JSON Schema (version 2020-12, which OpenAPI 3.1 uses unchanged), or any part of an OpenAPI document. */
export type Schema = { readonly [key: string]: unknown };

/** A reference to a named schema of the OpenAPI document. */
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** A schema or action of valibot. Both keep their parts as plain fields. */
type Part = { readonly kind: string; readonly type: string } & { readonly [field: string]: unknown };

type Context = {
  /** Collects the named schemas. */
  readonly named: Record<string, Schema>;
  /** Whether objects refuse unknown fields. */
  readonly closed: boolean;
};

/**
 * Converts the valibot schema of an answer to JSON Schema: objects stay open, because answers may gain fields.
 * Named schemas are collected in `named` and become `$ref`.
 * @throws on an unknown kind of schema, so that no schema is silently described wrong
 */
export const jsonSchema = (schema: object, named: Record<string, Schema>): Schema =>
  schemaOf(schema as Part, { named, closed: false });

/** Converts the valibot schema of a request's body to JSON Schema: unknown fields are faults. */
export const requestSchema = (schema: object, named: Record<string, Schema>): Schema =>
  schemaOf(schema as Part, { named, closed: true });

function schemaOf(part: Part, context: Context): Schema {
  const { named, closed } = context;
  const pipe = pipeOf(part);
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

/** The steps of a schema's pipe, nested pipes flattened. */
const pipeOf = (part: Part): readonly Part[] =>
  Array.isArray(part.pipe) ? (part.pipe as Part[]).flatMap(pipeOf) : [part];

function noteOf({ type, metadata, description }: Part): readonly JsonFormNote[] {
  if (type === 'description') return [{ jsonForm: { description: String(description) } }];
  const isNote = type === 'metadata' && typeof metadata === 'object' && metadata && 'jsonForm' in metadata;
  return isNote ? [metadata as JsonFormNote] : [];
}

function baseOf(schema: Part, context: Context): Schema {
  switch (schema.type) {
    case 'custom': // a function: the next steps of the pipe describe the value
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
      throw new Error(`cannot convert a valibot schema of type ${schema.type} to JSON Schema`);
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

// A check that is a function gives nothing here: its note `jsonForm` describes it.
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
