import * as v from 'valibot';
import type { Json } from '../json.ts';

/** Keywords of JSON Schema. */
export type JsonForm = { readonly [keyword: string]: Json };

/** What `jsonForm` notes on a schema, for whoever describes it to other programs. */
export type JsonFormNote = { readonly jsonForm: JsonForm; readonly name?: string };

/**
 * Notes on a schema what its checks come to in JSON Schema's words, where they are functions that nobody can read
 * (https://json-schema.org/draft/2020-12). With a name it is described once, under that name.
 */
export const jsonForm = <T>(form: JsonForm, name?: string): v.MetadataAction<T, JsonFormNote> =>
  v.metadata({ jsonForm: form, ...(name === undefined ? {} : { name }) });
