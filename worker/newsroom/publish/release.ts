import { createHash } from 'node:crypto';
import { boundaries } from '../../model/boundary.ts';
import type { Bulletin, Moment } from '../../model/bulletin.ts';
import { publicShellName, shellPath } from '../../model/path.ts';
import { languageTags } from '../../model/site.ts';
import { encodePack, type ReleaseIndex } from '../../pack/format.ts';
import { type PackedList, type PathDigest, pathDigests } from '../documents/digest-list.ts';
import {
  notFoundName,
  type ReleaseDocument,
  SHELL_TYPE,
  shellBytes,
  shellName,
  unavailableName,
} from '../documents/document-store.ts';
import { contentDigest, toRendered } from '../documents/rendered.ts';
import type { KeptShells } from '../documents/shell-store.ts';
import type { LastPayload } from './attempts.ts';
import { concatenate } from './concatenate.ts';
import { type ReleaseFacts, signRelease } from './signed-release.ts';
import { keyIds, type SigningKey } from './signing-keys.ts';

/** A release in its stored form. */
export type EncodedRelease = {
  /** `release/{n}-{hash}` */
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly index: ReleaseIndex;
  /** What its signed list says, for the next release. */
  readonly payload: LastPayload;
};

/** A release in its stored form, with the signed list of all that it shows. */
export function encodeRelease(
  bulletin: Bulletin,
  moment: Moment,
  parts: Pick<ReleaseIndex, 'cold' | 'items' | 'policy' | 'revokedKeys'> & {
    readonly documents: readonly ReleaseDocument[];
    /** The paths of documents that could never be rendered so far. */
    readonly unrendered: readonly string[];
    readonly older: readonly KeptShells[];
    /** The version of the templates of this release's own shells. */
    readonly template: string;
    /** The Content-Security-Policy of the page that says that something can't be read. */
    readonly unavailablePolicy: string;
    readonly signing: Pick<ReleaseFacts, 'previous' | 'ledger'> & {
      readonly keys: readonly SigningKey[];
      /** The lists of the digests of what is in other packs. */
      readonly lists: readonly PackedList[];
    };
  },
): EncodedRelease {
  const [boundary] = boundaries(bulletin, moment.asOf);
  if (!boundary) throw new Error('the bulletin has no next boundary, not even midnight');
  const { keys, lists, previous, ledger } = parts.signing;
  const { defaultLanguage } = bulletin.site;
  const languages = languageTags(bulletin.site);
  const inRelease = parts.documents.filter((document) => document.pack === 'release');
  const older = parts.older.flatMap(shellDocuments);
  const { documents: signed, payloadDigest } = signRelease(
    keys,
    { release: moment.release, publishedAt: moment.asOf, until: boundary, previous, ledger },
    [
      ...pathDigests(inRelease),
      ...shellDigests([...inRelease, ...older], languages, [
        parts.template,
        ...parts.older.map(({ template }) => template),
      ]),
    ],
    lists,
    defaultLanguage,
  );
  const { documents, chunks } = concatenate([...inRelease, ...older, ...signed]);
  // Moves documents that have no path out of `documents`, one for each language.
  const takeByLanguage = (nameOf: (language: string) => string, status?: 404) =>
    Object.fromEntries(
      languages.flatMap((language) => {
        const document = documents[nameOf(language)];
        delete documents[nameOf(language)];
        return document ? [[language, status ? { ...document, status } : document]] : [];
      }),
    );
  const index: ReleaseIndex = {
    kind: 'release',
    n: moment.release,
    publishedAt: moment.asOf,
    open: bulletin.site.open,
    boundary,
    languages,
    defaultLanguage,
    policy: parts.policy,
    revokedKeys: parts.revokedKeys,
    shells: takeByLanguage(shellName),
    template: parts.template,
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
  return {
    key: `release/${moment.release}-${hash}`,
    bytes,
    index,
    payload: { digest: payloadDigest, keys: keyIds(keys) },
  };
}

/** The digests of shells by their public paths. The shells of the current templates, the first, have two. */
function shellDigests(
  documents: readonly ReleaseDocument[],
  languages: readonly string[],
  [current = '', ...older]: readonly string[],
): readonly PathDigest[] {
  const digests = new Map(documents.map(({ path, rendered }) => [path, contentDigest(rendered)]));
  return languages.flatMap((language) => {
    const named = (storedName: string, ...names: readonly string[]): readonly PathDigest[] => {
      const digest = digests.get(storedName);
      return digest === undefined ? [] : names.map((name) => ({ path: shellPath(name), digest }));
    };
    return [
      ...named(shellName(language), publicShellName(language), publicShellName(language, current)),
      ...older.flatMap((t) => named(shellName(language, t), publicShellName(language, t))),
    ];
  });
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
