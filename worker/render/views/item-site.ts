import type { Bulletin } from '../../model/bulletin.ts';
import type { Site } from '../../model/site.ts';
import { memoized } from '../../platform/memoize.ts';

/**
 * The settings with nothing but what items' pages and old months show: all else is empty. A change of the notice or of
 * a metric therefore leaves these thousands of pages as they are.
 */
export const itemSite = memoized(
  ({ name, origin, timeZone, languages, defaultLanguage, operator, agencies, firstDate }: Site): Site => ({
    name,
    origin,
    timeZone,
    languages,
    defaultLanguage,
    agencies: agencies.map((agency) => ({ id: agency.id, name: agency.name })),
    open: true,
    firstDate,
    operator,
    license: { name: '', attribution: {} },
    metrics: [],
  }),
);

/** A bulletin whose settings are only those that items' pages show, so that they can't show others. */
export const withItemSite = (bulletin: Bulletin): Bulletin => ({
  ...bulletin,
  site: itemSite(bulletin.site),
});
