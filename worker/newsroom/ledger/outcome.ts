import type { JsonObject } from '../../model/json.ts';

/** The answer to a write, but for the release. Kept by idempotency key as JSON. */
export type Outcome = {
  readonly status: 200 | 201;
  readonly id: string | null;
  readonly version: number | null;
  /** What changed: names of fields, metrics or settings. Left out by calls of which a name would say nothing. */
  readonly changed?: readonly string[];
  /** Where that is to be read, by language. */
  readonly url?: { readonly [language: string]: string };
  readonly location?: string;
  /** Set where `version` is not that of what the answer shows: no ETag goes along. */
  readonly isUntagged?: true;
  readonly more?: JsonObject;
};
