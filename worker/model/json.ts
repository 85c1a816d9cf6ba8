/** Any JSON value. Untrusted input has this type until a parser narrows it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object, as opposed to an array or a scalar. */
export type JsonObject = { readonly [key: string]: Json };

/** Whether a JSON value is an object (not null, not an array). */
export const isJsonObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
