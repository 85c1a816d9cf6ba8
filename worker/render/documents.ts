import { dataDocuments } from './data-documents.ts';
import type { Documents } from './document.ts';
import { pageDocuments } from './pages/pages.tsx';

/** Every document with a path of its own: all that a publish renders, bar what belongs to an item's page. */
export const documents: Documents = (bulletin, moment) => [
  ...pageDocuments(bulletin, moment),
  ...dataDocuments(bulletin, moment),
];
