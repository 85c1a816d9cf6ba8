import { type Documents, define, JSON_TYPE, jsonText } from '../document.ts';
import { toldFigures } from '../views/told-figures.ts';

/**
 * `/api/v1/figures/{language}.json`: all that a program needs to show the latest figures and the breaking news in a
 * language, in one request. About 100 kB at most, with 100 metrics.
 */
export const figuresJson: Documents = (bulletin, { release, asOf }) =>
  bulletin.site.languages.map((language) =>
    define(
      { path: `/api/v1/figures/${language.tag}.json`, type: JSON_TYPE, pack: 'release' },
      { release, publishedAt: asOf, ...toldFigures(bulletin, asOf, language) },
      jsonText,
    ),
  );
