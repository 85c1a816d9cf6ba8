import { type Documents, define, JSON_TYPE, jsonText } from '../document.ts';
import { toldFigures } from '../views/told-figures.ts';
import { fitFigures } from './fit-figures.ts';

/** The most bytes of the document. */
const MAX_BYTES = 100_000 - 1; // and a newline

/**
 * `/api/v1/figures/{language}.json`: all that a program needs to show the latest figures and the breaking news in a
 * language, in one request, of bounded size.
 */
export const figuresJson: Documents = (bulletin, { release, asOf }) =>
  bulletin.site.languages.map((language) =>
    define(
      { path: `/api/v1/figures/${language.tag}.json`, type: JSON_TYPE, pack: 'release' },
      fitFigures({ release, publishedAt: asOf, ...toldFigures(bulletin, asOf, language) }, MAX_BYTES),
      jsonText,
    ),
  );
