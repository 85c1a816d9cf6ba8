import type { Bulletin, Moment } from '../../../worker/model/bulletin.ts';
import { dataDocuments } from '../../../worker/render/data-documents.ts';
import { aMoment, type BulletinSpec } from '../a-bulletin.ts';

/** The text of a data document (a document that is not a page). */
export function documentText(bulletin: Bulletin, path: string, moment: Moment = aMoment()): string {
  const document = dataDocuments(bulletin, moment).find((d) => d.path === path);
  if (!document) throw new Error(`no document ${path}`);
  const content = document.render();
  if (typeof content !== 'string') throw new Error(`${path} is not text`);
  return content;
}

/** The parsed JSON of a data document. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into JSON of every shape
export const documentJson = (bulletin: Bulletin, path: string, moment?: Moment): any =>
  JSON.parse(documentText(bulletin, path, moment));

/** The figure of a metric in `figures/{language}.json`. */
export const toldFigure = (bulletin: Bulletin, metric: string, { language = 'en', asOf = '' } = {}) =>
  documentJson(bulletin, `/api/v1/figures/${language}.json`, aMoment(asOf ? { asOf } : {})).figures.find(
    (figure: { metric: string }) => figure.metric === metric,
  );

/** The part of a `BulletinSpec` that applies these changes last. */
export const withChanges = (changes: readonly unknown[]) => ({ changes }) as Pick<BulletinSpec, 'changes'>;

/** The ids from `highest` down to `lowest`. */
export const idsDownFrom = (highest: number, lowest: number) =>
  Array.from({ length: highest - lowest + 1 }, (_, i) => `${highest - i}`);
