import { createHash } from 'node:crypto';
import { boundaries } from '../../model/boundary.ts';
import type { Bulletin, Moment } from '../../model/bulletin.ts';
import { languageTags } from '../../model/site.ts';
import { encodePack, type ReleaseIndex } from '../../pack/format.ts';
import {
  notFoundName,
  type ReleaseDocument,
  SHELL_TYPE,
  shellBytes,
  shellName,
  unavailableName,
} from '../documents/document-store.ts';
import { toRendered } from '../documents/rendered.ts';
import type { KeptShells } from '../documents/shell-store.ts';
import { concatenate } from './concatenate.ts';

/** A release in its stored form, with its key `release/{n}-{hash}`. */
export function encodeRelease(
  bulletin: Bulletin,
  moment: Moment,
  parts: Pick<ReleaseIndex, 'cold' | 'items' | 'policy' | 'revokedKeys'> & {
    readonly expiringKeys: NonNullable<ReleaseIndex['expiringKeys']>;
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
    expiringKeys: parts.expiringKeys,
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
