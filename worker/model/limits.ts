import * as v from 'valibot';
import type { Site } from './site.ts';
import { exactObject } from './validation/exact-object.ts';
import { says } from './validation/says.ts';

/**
 * The limits on what agencies may publish: what each counts, its default, and the most that the operator may set. The
 * most is what pages of 300 kB, a request of 1 MiB, and a Newsroom, which has 128 MB for the whole bulletin, can hold.
 */
export const LIMITS = {
  breaking: { usual: 5, most: 10, counts: 'news items that are breaking at once' },
  contacts: { usual: 50, most: 100, counts: 'contacts' },
  topics: { usual: 20, most: 50, counts: 'topics of the questions, and of the guidance' },
  topicItems: { usual: 20, most: 100, counts: 'questions, or pieces of guidance, of one topic' },
  phases: { usual: 20, most: 100, counts: 'phases of the plan' },
  remarks: { usual: 500, most: 2_000, counts: 'remarks about figures' },
  itemBytes: { usual: 500_000, most: 1_000_000, counts: 'bytes of an item’s content as JSON, all languages' },
  agencyItems: { usual: 20_000, most: 100_000, counts: 'public items of one agency' },
  agencyBytes: {
    usual: 32_000_000,
    most: 64_000_000,
    counts: 'bytes of one agency’s public items and notes of figures',
  },
  dailyBytes: {
    usual: 4_000_000,
    most: 64_000_000,
    counts: 'bytes that one agency adds to the ledger in a day',
  },
} as const;

/** The name of a limit, in the settings and in `status`. */
export type LimitName = keyof typeof LIMITS;

const limit = (name: LimitName) => {
  const { usual, most, counts } = LIMITS[name];
  const message = says('number-range', { least: 0, most });
  return v.exactOptional(
    v.pipe(
      v.number(message),
      v.safeInteger(message),
      v.minValue(0, message),
      v.maxValue(most, message),
      v.description(`The most ${counts}; ${usual} if not set.`),
    ),
  );
};

/** Schema of the limits in a site's settings. A limit that is not set has its usual value. */
export const limitsSchema = exactObject({
  breaking: limit('breaking'),
  contacts: limit('contacts'),
  topics: limit('topics'),
  topicItems: limit('topicItems'),
  phases: limit('phases'),
  remarks: limit('remarks'),
  itemBytes: limit('itemBytes'),
  agencyItems: limit('agencyItems'),
  agencyBytes: limit('agencyBytes'),
  dailyBytes: limit('dailyBytes'),
} satisfies { readonly [L in LimitName]: unknown });

/** The value of a limit on a site. */
export const limitOf = ({ limits }: Pick<Site, 'limits'>, name: LimitName): number =>
  limits?.[name] ?? LIMITS[name].usual;

/** The most characters of the notice, which is on every page, and of the licence's attribution, in each language. */
export const MAX_NOTICE = 1_000;
export const MAX_ATTRIBUTION = 2_000;
