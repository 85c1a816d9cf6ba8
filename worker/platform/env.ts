import type { Newsroom } from '../newsroom/newsroom.ts';

/** What the Worker is given: see wrangler.toml. */
export type Env = {
  /** Packs, and the key that names the current release. */
  readonly BULLETIN: KVNamespace;
  /** The one writer. */
  readonly NEWSROOM: DurableObjectNamespace<Newsroom>;
  /** Counts bad staff keys by address. */
  readonly BAD_KEYS: RateLimit;
  /** One key of 43 base64url characters, or two while rotating: the new one, a comma, the old one. */
  readonly OPERATOR_KEY: string;
};
