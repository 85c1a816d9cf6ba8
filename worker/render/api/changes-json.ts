import type { CorrectionRun } from '../../model/corrections.ts';
import { newestRuns } from '../../model/runs.ts';
import type { Documents } from '../document.ts';
import { pagedJson } from './paged-json.ts';
import { publicCorrection } from './public-form.ts';

/** `/api/v1/changes.json` and its older pages: every correction and withdrawal of what was public, newest first. */
export const changesJson: Documents = ({ corrections: { runs } }) => {
  const older = runs.length - newestRuns(runs);
  return pagedJson<CorrectionRun>(
    'changes',
    { first: runs.slice(older).toReversed(), older: runs.slice(0, older).map((run) => [run]) },
    (run) => run.read().toReversed().map(publicCorrection),
    (all) => all.map(({ stamp }) => stamp).join(),
  );
};
