import { templateVersion } from '../../dist/build.ts';
import { documents } from '../render/documents.ts';
import {
  itemParts,
  itemRelations,
  notFoundPages,
  plainShells,
  policy,
  shells,
} from '../render/pages/pages.tsx';
import type { Ports } from './publish/publisher.ts';

/** The rendering room as the publishing loop uses it. */
export const renderer: Ports['renderer'] = {
  templateVersion,
  policy,
  documents,
  shells,
  plainShells,
  notFoundPages,
  itemParts,
  itemRelations,
};
