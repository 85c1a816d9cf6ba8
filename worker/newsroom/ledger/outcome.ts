import type { JsonObject } from '../../model/json.ts';

/** The answer to a write, without the release. Stored with the idempotency key, as JSON. */
export type Outcome = {
  readonly status: 200 | 201;
  readonly id: string | null;
  readonly version: number | null;
  /** What changed: names of fields, metrics or settings. Absent if names would tell the caller nothing. */
  readonly changed?: readonly string[];
  /** Where the public reads the change, by language. */
  readonly url?: { readonly [language: string]: string };
  readonly location?: string;
  /** Set if `version` is not the version of what the answer shows: the answer then has no ETag. */
  readonly isUntagged?: true;
  /** Other fields of the answer. */
  readonly more?: JsonObject;
};
