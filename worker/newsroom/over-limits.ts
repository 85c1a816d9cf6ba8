import type { Instant } from '../model/instant.ts';
import type { Json } from '../model/json.ts';
import { LIMITS, type LimitName, limitOf, MAX_ATTRIBUTION, MAX_NOTICE } from '../model/limits.ts';
import type { Site } from '../model/site.ts';
import type { Texts } from '../model/validation/text.ts';
import type { SqlRows } from './ledger/sql-rows.ts';

/** The most that `status` lists. */
const MOST = 100;

/** A Durable Object holds 10 GB (https://developers.cloudflare.com/durable-objects/platform/limits/): time to act. */
const MOST_STORED = 8_000_000_000;

/** What is over a limit. `of`: the agency, topic, collection, item or language, if the limit is for each. */
type Over = { readonly what: string; readonly of?: string; readonly limit: number; readonly is: number };

/**
 * What is over the limits: a site may be over a limit that is younger than its content, or that the operator has
 * lowered. Nothing is over before the first settings.
 * @param storedBytes of all tables
 */
export function overLimits(rows: SqlRows, now: Instant, storedBytes: number): readonly Json[] {
  const site = rows.settings();
  if (!site) return [];
  const over: Over[] = Object.keys(LIMITS).flatMap((name) =>
    isLimit(name) ? overOf(rows, site, name, now) : [],
  );
  return [
    ...over,
    ...(storedBytes > MOST_STORED ? [{ what: 'storedBytes', limit: MOST_STORED, is: storedBytes }] : []),
    ...tooLong('notice', site.notice, MAX_NOTICE),
    ...tooLong('attribution', site.license.attribution, MAX_ATTRIBUTION),
  ].slice(0, MOST);
}

const isLimit = (name: string): name is LimitName => Object.hasOwn(LIMITS, name);

function overOf(rows: SqlRows, site: Site, what: LimitName, now: Instant): readonly Over[] {
  if (what === 'dailyBytes') return []; // it passes with the day
  const limit = limitOf(site, what);
  if (what === 'breaking') {
    const is = rows.usage.breakingAt(now);
    return is > limit ? [{ what, limit, is }] : [];
  }
  const used = what === 'itemBytes' ? rows.largerItems(limit) : rows.usage.above(what, limit);
  return used.map(({ of, amount }) => ({ what, ...(of === '' ? {} : { of }), limit, is: amount }));
}

const tooLong = (what: string, texts: Texts | undefined, limit: number): readonly Over[] =>
  Object.entries(texts ?? {}).flatMap(([of, text]) => {
    const is = [...text].length;
    return is > limit ? [{ what, of, limit, is }] : [];
  });
