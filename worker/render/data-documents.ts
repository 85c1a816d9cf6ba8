import { bulletinJson } from './api/bulletin-json.ts';
import { calendarJson } from './api/calendar-json.ts';
import { changesJson } from './api/changes-json.ts';
import { figuresJson } from './api/figures-json.ts';
import { itemLists } from './api/item-lists.ts';
import { liveJson } from './api/live-json.ts';
import { siteJson } from './api/site-json.ts';
import { statisticsJson } from './api/statistics-json.ts';
import type { Documents } from './document.ts';
import { calendarIcs } from './files/calendar-ics.ts';
import { robotsTxt } from './files/robots-txt.ts';
import { securityTxt } from './files/security-txt.ts';
import { sitemapXml } from './files/sitemap-xml.ts';
import { statisticsCsv } from './files/statistics-csv.ts';
import { statisticsMetadata } from './files/statistics-metadata.ts';
import { openapiJson } from './openapi/openapi-json.ts';

/** Every document that is not a page: JSON, CSV, and the files that crawlers and standards ask for. */
export const dataDocuments: Documents = (bulletin, moment) =>
  [
    bulletinJson,
    liveJson,
    figuresJson,
    statisticsJson,
    statisticsCsv,
    statisticsMetadata,
    siteJson,
    itemLists,
    changesJson,
    calendarJson,
    calendarIcs,
    openapiJson,
    robotsTxt,
    sitemapXml,
    securityTxt,
  ].flatMap((documents) => documents(bulletin, moment));
