import { ref, type Schema } from './json-schema.ts';
import { problem } from './openapi-public.ts';
import { text } from './openapi-schemas.ts';

/** What is particular of a call with a staff key. */
export type CallOptions = {
  /** The schema of a request's body, where it has one. */
  readonly body?: Schema;
  /** Whether it changes something: then `Idempotency-Key` makes it safe to repeat, and 202 is possible. */
  readonly writes?: boolean;
  /** Whether `If-Match` is looked at. */
  readonly conditional?: boolean;
  /** Query parameters. */
  readonly query?: readonly Schema[];
  /** Refusals beyond those of every call, and of every call with a body. */
  readonly refusals?: readonly (keyof typeof REFUSALS)[];
};

const REFUSALS = {
  400: 'The body is not JSON, or a header is not what it must be',
  401: 'No valid key',
  403: 'Not a right of this key, or Nashra-Agency names an agency it may not act for',
  404: 'No such thing',
  409: 'Withdrawn, or in conflict with what is kept',
  412: 'If-Match names another version',
  413: 'The body is over 1 MiB',
  415: 'The body is not declared as JSON',
  422: 'Faults in the body: every one of them, with its pointer',
  429: 'Too many bad keys from this address: see Retry-After',
  503: 'Not possible just now: see Retry-After',
} as const;

/** One operation with a staff key. `done` are the answers of success by status. */
export function call(
  summary: string,
  done: Readonly<Record<number, Schema>>,
  options: CallOptions = {},
): Schema {
  const { body, writes = body !== undefined, conditional = false, query = [], refusals = [] } = options;
  const always = body ? ([400, 401, 403, 413, 415, 429, 503] as const) : ([401, 403, 429, 503] as const);
  const statuses = [...new Set([...always, ...refusals, ...(conditional ? [412 as const] : [])])].sort();
  const parameters = [
    ...query,
    ...(writes
      ? [
          inHeader('Nashra-Agency', 'The agency the operator acts for; without it the operating one.'),
          inHeader('Idempotency-Key', 'The same request again gets the first answer, for 7 days.'),
        ]
      : []),
    ...(conditional ? [inHeader('If-Match', 'The version this replaces, such as "3".')] : []),
  ];
  return {
    summary,
    tags: ['staff'],
    security: [{ staffKey: [] }],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { required: true, content: json(body) } } : {}),
    responses: {
      ...Object.fromEntries(
        Object.entries(done).map(([status, schema]) => [
          status,
          { description: 'Done', content: json(schema) },
        ]),
      ),
      ...(writes
        ? { 202: { description: 'Kept, and published later by itself', content: json(ref('WriteReceipt')) } }
        : {}),
      ...Object.fromEntries(statuses.map((status) => [status, problem(REFUSALS[status])])),
    },
  };
}

/** A parameter in the path. */
export const inPath = (name: string, schema: Schema): Schema => ({
  name,
  in: 'path',
  required: true,
  schema,
});

/** A parameter that `next` of a list carries. */
export const inNext = (name: string): Schema => ({
  name,
  in: 'query',
  description: 'Where to go on: follow `next`.',
  schema: text,
});

const inHeader = (name: string, description: string): Schema => ({
  name,
  in: 'header',
  description,
  schema: text,
});

const json = (schema: Schema): Schema => ({ 'application/json': { schema } });
