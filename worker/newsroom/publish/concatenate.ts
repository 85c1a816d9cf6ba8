import type { PackedDocument } from '../../pack/format.ts';
import type { ReleaseDocument } from '../documents/document-store.ts';
import { toPackedDocument } from '../documents/rendered.ts';

/** The bytes of documents, one after another, and where each document starts. */
export function concatenate(releaseDocuments: readonly ReleaseDocument[]): {
  readonly documents: Record<string, PackedDocument>;
  readonly chunks: readonly Uint8Array[];
} {
  const documents: Record<string, PackedDocument> = {};
  const chunks: Uint8Array[] = [];
  let offset = 0;
  for (const { path, rendered, audience, shell } of releaseDocuments) {
    documents[path] = {
      ...toPackedDocument(rendered, offset, audience),
      ...(shell === undefined ? {} : { shell }),
    };
    chunks.push(rendered.bytes);
    offset += rendered.bytes.length;
  }
  return { documents, chunks };
}
