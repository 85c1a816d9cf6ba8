import type { Bulletin, Moment } from '../../../worker/model/bulletin.ts';
import { dataDocuments } from '../../../worker/render/data-documents.ts';
import { aMoment, type BulletinWish } from '../a-bulletin.ts';

/** The text of a document that is no page. */
export function textOf(bulletin: Bulletin, path: string, moment: Moment = aMoment()): string {
  const document = dataDocuments(bulletin, moment).find((d) => d.path === path);
  if (!document) throw new Error(`no document ${path}`);
  const content = document.render();
  if (typeof content !== 'string') throw new Error(`${path} is not text`);
  return content;
}

/** Its JSON. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into JSON of every shape
export const jsonOf = (bulletin: Bulletin, path: string, moment?: Moment): any =>
  JSON.parse(textOf(bulletin, path, moment));

/** What else happens to a bulletin, after what it is built of. */
export const after = (changes: readonly unknown[]) => ({ changes }) as Pick<BulletinWish, 'changes'>;

/** Ids from the highest down. */
export const numbers = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, i) => `${from - i}`);
