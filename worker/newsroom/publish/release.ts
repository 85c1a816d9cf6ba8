import { createHash } from 'node:crypto';
import { boundaries } from '../../model/boundary.ts';
import type { Bulletin, Moment } from '../../model/bulletin.ts';
import { languageTags } from '../../model/site.ts';
import { type ColdPack, encodePack, type PackedDocument, type ReleaseIndex } from '../../pack/format.ts';
import type { PackName } from '../../render/document.ts';
import {
  notFoundName,
  type ReleaseDocument,
  SHELL_TYPE,
  shellBytes,
  shellName,
  unavailableName,
} from '../documents/document-store.ts';
import { type FindCurrentPack, type PackToWrite, packKey } from '../documents/item-packs.ts';
import { toPackedDocument, toRendered } from '../documents/rendered.ts';
import type { KeptShells } from '../documents/shell-store.ts';

const COLD: readonly PackName[] = ['series', 'archive'];

/** The packs of documents that an ordinary publish does not change, and those of them that must be written. */
export function planColdPacks(
  releaseDocuments: readonly ReleaseDocument[],
  currentPack: FindCurrentPack,
): { readonly cold: readonly ColdPack[]; readonly packs: readonly PackToWrite[] } {
  const cold: ColdPack[] = [];
  const packs: PackToWrite[] = [];
  for (const name of COLD) {
    const members = releaseDocuments.filter((document) => document.pack === name);
    if (members.length === 0) continue;
    const { documents, chunks } = concatenate(members);
    const stamp = createHash('sha256').update(JSON.stringify(documents)).digest('base64url');
    const current = currentPack(name);
    if (current?.stamp === stamp) {
      cold.push({ key: current.key, documents });
      continue;
    }
    const bytes = encodePack({ kind: 'cold' }, chunks);
    const key = packKey(bytes);
    packs.push({ name, stamp, since: null, key, bytes });
    cold.push({ key, documents });
  }
  return { cold, packs };
}

/** A release in its stored form, with its key `release/{n}-{hash}`. */
export function encodeRelease(
  bulletin: Bulletin,
  moment: Moment,
  parts: Pick<ReleaseIndex, 'cold' | 'items' | 'policy' | 'revokedKeys'> & {
    readonly documents: readonly ReleaseDocument[];
    /** The paths of documents that could never be rendered so far. */
    readonly unrendered: readonly string[];
    readonly older: readonly KeptShells[];
    /** The Content-Security-Policy of the page that says that something can't be read. */
    readonly unavailablePolicy: string;
  },
): { readonly key: string; readonly bytes: Uint8Array; readonly index: ReleaseIndex } {
  const { documents, chunks } = concatenate([
    ...parts.documents.filter((document) => document.pack === 'release'),
    ...parts.older.flatMap(shellDocuments),
  ]);
  const languages = languageTags(bulletin.site);
  // Moves documents that have no path out of `documents`, one for each language.
  const takeByLanguage = (nameOf: (language: string) => string, status?: 404) =>
    Object.fromEntries(
      languages.flatMap((language) => {
        const document = documents[nameOf(language)];
        delete documents[nameOf(language)];
        return document ? [[language, status ? { ...document, status } : document]] : [];
      }),
    );
  const [boundary] = boundaries(bulletin, moment.asOf);
  if (!boundary) throw new Error('the bulletin has no next boundary, not even midnight');
  const index: ReleaseIndex = {
    kind: 'release',
    n: moment.release,
    publishedAt: moment.asOf,
    open: bulletin.site.open,
    boundary,
    languages,
    defaultLanguage: bulletin.site.defaultLanguage,
    policy: parts.policy,
    revokedKeys: parts.revokedKeys,
    shells: takeByLanguage(shellName),
    ...(parts.older.length > 0
      ? {
          older: Object.fromEntries(
            parts.older.map(({ template, policy }) => [
              template,
              { policy, shells: takeByLanguage((language) => shellName(language, template)) },
            ]),
          ),
        }
      : {}),
    notFound: takeByLanguage(notFoundName, 404),
    unavailable: { policy: parts.unavailablePolicy, pages: takeByLanguage(unavailableName) },
    documents,
    cold: parts.cold,
    ...(parts.unrendered.length > 0 ? { unrendered: parts.unrendered } : {}),
    items: parts.items,
  };
  const bytes = encodePack(index, chunks);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return { key: `release/${moment.release}-${hash}`, bytes, index };
}

/** The shells of an older template version, as documents of the release. */
const shellDocuments = ({ template, shells }: KeptShells): readonly ReleaseDocument[] =>
  Object.entries(shells).map(([language, shell]) => {
    const source = { stamp: template, type: SHELL_TYPE, pack: 'release' } as const;
    const bytes = shellBytes(shell);
    return {
      path: shellName(language, template),
      pack: 'release',
      audience: 'page',
      rendered: toRendered(bytes, source),
    };
  });

/** The bytes of documents, one after another, and where each document starts. */
function concatenate(releaseDocuments: readonly ReleaseDocument[]): {
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
