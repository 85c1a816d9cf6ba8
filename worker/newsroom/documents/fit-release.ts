import type { ReleaseDocument } from './document-store.ts';

/**
 * The same documents, but those in the release itself have at most `releaseBytes` bytes together: the largest ones lie
 * in cold packs instead, until the rest fits. What has no path of its own, such as shells, stays in the release.
 */
export function fitRelease(
  documents: readonly ReleaseDocument[],
  releaseBytes: number,
): readonly ReleaseDocument[] {
  const inRelease = documents.filter(({ pack }) => pack === 'release');
  let sizeBytes = inRelease.reduce((sum, { rendered }) => sum + rendered.bytes.length, 0);
  if (sizeBytes <= releaseBytes) return documents;
  const moved = new Set<ReleaseDocument>();
  const largestFirst = inRelease
    .filter(({ path }) => path.startsWith('/'))
    .sort((a, b) => b.rendered.bytes.length - a.rendered.bytes.length);
  for (const document of largestFirst) {
    if (sizeBytes <= releaseBytes) break;
    moved.add(document);
    sizeBytes -= document.rendered.bytes.length;
  }
  return documents.map((document) => (moved.has(document) ? { ...document, pack: 'archive' } : document));
}
