import { templateVersion, unavailable } from '../../dist/build.ts';
import { LEDGER_FORM, ledgerPage } from '../render/api/ledger-json.ts';
import { documents } from '../render/documents.ts';
import { bareParts } from '../render/pages/bare-item.tsx';
import {
  itemParts,
  itemRelations,
  itemRepresentations,
  itemSettings,
  notFoundPages,
  plainPage,
  plainParts,
  plainShells,
  policy,
  representationPaths,
  shells,
  unavailablePages,
} from '../render/pages/pages.tsx';
import { SIZE_BOUNDS } from './documents/size-bounds.ts';
import type { Templates } from './documents/templates.ts';

/** The templates of this build. */
export const templates: Templates = {
  templateVersion,
  bounds: SIZE_BOUNDS,
  policy,
  documents,
  shells,
  plainShells,
  notFoundPages,
  unavailablePages,
  unavailablePolicy: unavailable.policy,
  itemSettings,
  itemParts,
  itemRelations,
  itemRepresentations,
  representationPaths,
  plainParts,
  bareParts,
  plainPage,
  ledgerPage,
  ledgerForm: LEDGER_FORM,
};
