import { inject } from 'vitest';
import type { Examples } from './examples.ts';
import type { FontSetName } from './font-sets.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address that answers with a `StartedSite` once the site is up, or with the reason why it is not. */
    siteAddress: string;
  }
}

/** The site that tests in the browser share, with its browsers. */
export type StartedSite = {
  /** Scheme, host and port of the site. */
  readonly origin: string;
  readonly operatorKey: string;
  /** The endpoint of the browser with each set of fonts. */
  readonly browsers: { readonly [fonts in FontSetName]?: string };
  readonly examples: Examples;
};

const answer = await fetch(inject('siteAddress'));
if (!answer.ok) throw new Error(`the site that the tests read did not start: ${await answer.text()}`);

export const { origin, operatorKey, browsers, examples }: StartedSite = await answer.json();
