import { createHash } from 'node:crypto';
import { boundaries } from '../../model/boundary.ts';
import type { Bulletin, Moment } from '../../model/bulletin.ts';
import { LEDGER_PATH, publicShellName, shellPath } from '../../model/path.ts';
import { languageTags } from '../../model/site.ts';
import { encodePack, type ReleaseIndex } from '../../pack/format.ts';
import { JSON_TYPE } from '../../render/document.ts';
import { type PathDigest, pathDigests } from '../documents/digest-list.ts';
import type { ReleaseDocument } from '../documents/document-store.ts';
import type { ItemPlan } from '../documents/item-packs.ts';
import { contentDigest, toRendered } from '../documents/rendered.ts';
import type { KeptShells } from '../documents/shell-store.ts';
import {
  notFoundName,
  SHELL_TYPE,
  shellBytes,
  shellName,
  unavailableName,
} from '../documents/stored-names.ts';
import type { Templates } from '../documents/templates.ts';
import type { LastPayload } from './attempts.ts';
import type { ColdPlan } from './cold-packs.ts';
import { concatenate } from './concatenate.ts';
import type { LedgerPlan } from './public-ledger.ts';
import { madeDocument, signRelease } from './signed-release.ts';
import { keyIds, type SigningKey } from './signing-keys.ts';

/** A release in its stored form. */
export type EncodedRelease = {
  /** `release/{n}-{hash}` */
  readonly key: string;
  readonly bytes: Uint8Array;
  /** The keys of the release and of the packs that it names. */
  readonly keys: readonly string[];
  readonly index: ReleaseIndex;
  /** What its signed list says, for the next release. */
  readonly payload: LastPayload;
};

/** All that a release is made of. */
export type ReleaseContent = {
  readonly templates: Templates;
  readonly documents: readonly ReleaseDocument[];
  /** The paths of documents that could never be rendered so far. */
  readonly unrendered: readonly string[];
  readonly older: readonly KeptShells[];
  readonly cold: ColdPlan;
  readonly items: ItemPlan;
  readonly ledger: LedgerPlan;
  readonly revokedKeys: ReleaseIndex['revokedKeys'];
  readonly expiringKeys: NonNullable<ReleaseIndex['expiringKeys']>;
  readonly signingKeys: readonly SigningKey[];
  /** The payload of the release before; null for the first. */
  readonly previous: LastPayload | null;
};

/** A release in its stored form, with the signed list of all that it shows. */
export function encodeRelease(bulletin: Bulletin, moment: Moment, parts: ReleaseContent): EncodedRelease {
  const [boundary] = boundaries(bulletin, moment.asOf);
  if (!boundary) throw new Error('the bulletin has no next boundary, not even midnight');
  const { templates, cold, items, ledger, signingKeys } = parts;
  const { templateVersion } = templates;
  const { defaultLanguage } = bulletin.site;
  const languages = languageTags(bulletin.site);
  const newestEntries =
    ledger.newest === null ? [] : [madeDocument(LEDGER_PATH, JSON_TYPE, ledger.newest, moment.asOf)];
  const inRelease = [...parts.documents.filter(({ pack }) => pack === 'release'), ...newestEntries];
  const older = parts.older.flatMap(shellDocuments);
  const { documents: signed, payloadDigest } = signRelease(
    signingKeys,
    {
      release: moment.release,
      publishedAt: moment.asOf,
      until: boundary,
      previous: parts.previous?.digest ?? null,
      ledger: ledger.head,
    },
    [
      ...pathDigests(inRelease),
      ...shellDigests([...inRelease, ...older], languages, [
        templateVersion,
        ...parts.older.map(({ template }) => template),
      ]),
    ],
    [...cold.lists, ...items.lists, ...ledger.lists],
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
    policy: templates.policy,
    revokedKeys: parts.revokedKeys,
    expiringKeys: parts.expiringKeys,
    shells: takeByLanguage(shellName),
    template: templateVersion,
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
    unavailable: { policy: templates.unavailablePolicy, pages: takeByLanguage(unavailableName) },
    documents,
    cold: cold.cold,
    ...(parts.unrendered.length > 0 ? { unrendered: parts.unrendered } : {}),
    items: { ...items.items, ...(ledger.items ? { ledger: ledger.items } : {}) },
  };
  const bytes = encodePack(index, chunks);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  const key = `release/${moment.release}-${hash}`;
  const packs = [...index.cold, ...Object.values(index.items).flatMap((named) => named.packs)];
  return {
    key,
    bytes,
    index,
    keys: [key, ...packs.map((pack) => pack.key)],
    payload: { digest: payloadDigest, keys: keyIds(signingKeys) },
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
