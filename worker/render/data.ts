import { bulletinJson } from './bulletin-json.ts';
import { changesJson } from './changes-json.ts';
import type { Documents } from './document.ts';
import { faviconIco } from './favicon-ico.ts';
import { itemLists } from './item-lists.ts';
import { liveJson } from './live-json.ts';
import { openapiJson } from './openapi-json.ts';
import { robotsTxt } from './robots-txt.ts';
import { securityTxt } from './security-txt.ts';
import { siteJson } from './site-json.ts';
import { sitemapXml } from './sitemap-xml.ts';
import { statisticsCsv } from './statistics-csv.ts';
import { statisticsJson } from './statistics-json.ts';

/** Every document that is not a page: what programs read. */
export const dataDocuments: Documents = (bulletin, moment) =>
  [
    bulletinJson,
    liveJson,
    statisticsJson,
    statisticsCsv,
    siteJson,
    itemLists,
    changesJson,
    openapiJson,
    robotsTxt,
    sitemapXml,
    securityTxt,
    faviconIco,
  ].flatMap((documents) => documents(bulletin, moment));
