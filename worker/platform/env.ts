import type { Newsroom } from '../newsroom/newsroom.ts';

/** The Worker's bindings and secret: see wrangler.toml. */
export type Env = {
  /** Packs, and the key that names the current release. */
  readonly BULLETIN: KVNamespace;
  /** The one writer. */
  readonly NEWSROOM: DurableObjectNamespace<Newsroom>;
  /** Counts requests with a bad staff key, by IP address. */
  readonly BAD_KEYS: RateLimit;
  /** Count the calls of each agency's key, by the key's id, and the calls of the operator's key. */
  readonly AGENCY_CALLS: RateLimit;
  readonly OPERATOR_CALLS: RateLimit;
  /** Counts the bytes of the bodies of each agency's key, in units: see `bodyRateProblem`. */
  readonly AGENCY_BODIES: RateLimit;
  /** One key of 43 base64url characters; during a rotation two: the new key, a comma, the old key. */
  readonly OPERATOR_KEY: string;
  /**
   * The seed of the key that signs releases, 43 base64url characters, or two as above. Without it they are not signed.
   */
  readonly SIGNING_KEY?: string;
};
