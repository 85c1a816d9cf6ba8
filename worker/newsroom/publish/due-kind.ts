/**
 * Why the Newsroom must act. `publish`: changes wait to be published. `boundary`: a document changes by itself.
 * `settle`: a write of `current` with an unknown outcome may still arrive, and must not stay the last one. `sweep`:
 * packs that no release names any more may be deleted. `prune`: the first idempotency records may be old enough to
 * delete.
 */
export type DueKind = 'publish' | 'boundary' | 'settle' | 'sweep' | 'prune';
