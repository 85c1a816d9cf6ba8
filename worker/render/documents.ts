import { dataDocuments } from './data-documents.ts';
import type { Documents } from './document.ts';
import { pageDocuments } from './pages/pages.tsx';

/** Every document that a publish renders, except the pages and representations of items. */
export const documents: Documents = (bulletin, moment) => [
  ...pageDocuments(bulletin, moment),
  ...dataDocuments(bulletin, moment),
];
