import { CSV_TYPE } from '../../model/staff/media-types.ts';
import { ref, type Schema } from './json-schema.ts';
import { problem } from './openapi-public.ts';
import { text } from './schema-parts.ts';

/** How a staff call differs from the others. */
export type CallOptions = {
  /** The schema of the request's body, if the call has one. */
  readonly body?: Schema;
  /** The media types of that body. */
  readonly mediaTypes?: readonly string[];
  /** Examples of it, by media type. */
  readonly examples?: { readonly [mediaType: string]: unknown };
  /** Whether the call changes something: then `Idempotency-Key` makes it safe to repeat, and 202 is possible. */
  readonly writes?: boolean;
  /** Whether the call reads `If-Match`. */
  readonly conditional?: boolean;
  /** Query parameters. */
  readonly query?: readonly Schema[];
  /** Refusals in addition to those of every call and of every call with a body. */
  readonly refusals?: readonly (keyof typeof REFUSALS)[];
};

const REFUSALS = {
  400: 'The body is not JSON, or a header is invalid',
  401: 'No valid key',
  403: 'This key has no right to do this, or may not act for the agency that Nashra-Agency names',
  404: 'No such thing',
  409: 'The item is withdrawn, or the change conflicts with the stored state',
  412: 'If-Match names another version',
  413: 'The body is larger than 1 MiB',
  415: 'The body is not declared as JSON, or as another type that the call takes',
  422: 'The body has faults: the answer lists every fault with its pointer',
  429: 'Too many calls of this key, too many bytes, or too many bad keys from this address. Nothing was changed: send the call again after Retry-After seconds',
  503: 'Not possible just now: see Retry-After',
} as const;

/** The OpenAPI operation of a staff call. `answers` are the schemas of success, by status. */
export function call(
  summary: string,
  answers: Readonly<Record<number, Schema>>,
  options: CallOptions = {},
): Schema {
  const { body, mediaTypes = ['application/json'], examples = {}, query = [], refusals = [] } = options;
  const { writes = body !== undefined, conditional = false } = options;
  const always = body ? ([400, 401, 403, 413, 415, 429, 503] as const) : ([401, 403, 429, 503] as const);
  const statuses = [...new Set([...always, ...refusals, ...(conditional ? [412 as const] : [])])].sort();
  const parameters = [
    ...query,
    ...(writes
      ? [
          inHeader('Nashra-Agency', "The agency the operator acts for; the operator's own if left out."),
          inHeader('Idempotency-Key', 'For 7 days, the same request again gets the first answer.'),
        ]
      : []),
    ...(conditional ? [inHeader('If-Match', 'The version that this call replaces, such as "3".')] : []),
  ];
  return {
    summary,
    tags: ['staff'],
    security: [{ staffKey: [] }],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { required: true, content: contentOf(mediaTypes, body, examples) } } : {}),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, schema]) => [
          status,
          { description: 'Done', content: json(schema) },
        ]),
      ),
      ...(writes
        ? { 202: { description: 'Saved; published later by itself', content: json(ref('WriteReceipt')) } }
        : {}),
      ...Object.fromEntries(statuses.map((status) => [status, problem(REFUSALS[status])])),
    },
  };
}

/** A query parameter that a list's `next` contains. */
export const inNext = (name: string): Schema => ({
  name,
  in: 'query',
  description: 'Where the page begins: follow `next`.',
  schema: text,
});

const inHeader = (name: string, description: string): Schema => ({
  name,
  in: 'header',
  description,
  schema: text,
});

const contentOf = (
  mediaTypes: readonly string[],
  schema: Schema,
  examples: NonNullable<CallOptions['examples']> = {},
): Schema =>
  Object.fromEntries(
    mediaTypes.map((type) => [
      type,
      {
        schema: type === CSV_TYPE ? csvFile : schema,
        ...(examples[type] === undefined ? {} : { example: examples[type] }),
      },
    ]),
  );

const csvFile: Schema = {
  type: 'string',
  description: 'The file `figures`; the other fields are query parameters.',
};

const json = (schema: Schema): Schema => contentOf(['application/json'], schema);
