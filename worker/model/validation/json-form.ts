import * as v from 'valibot';
import type { Json } from '../json.ts';

/** Keywords of JSON Schema. */
export type JsonForm = { readonly [keyword: string]: Json };

/** The metadata that `jsonForm` puts on a schema, for `openapi.json`. */
export type JsonFormNote = { readonly jsonForm: JsonForm; readonly name?: string };

/**
 * Describes, in JSON Schema (https://json-schema.org/draft/2020-12), those checks of a schema that are functions.
 * @param name if given, the schema is described once, under this name, and other schemas refer to it
 */
export const jsonForm = <T>(form: JsonForm, name?: string): v.MetadataAction<T, JsonFormNote> =>
  v.metadata({ jsonForm: form, ...(name === undefined ? {} : { name }) });
