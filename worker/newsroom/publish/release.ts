import { createHash } from 'node:crypto';
import { boundaries } from '../../model/boundary.ts';
import type { Bulletin, Moment } from '../../model/bulletin.ts';
import { languageTags } from '../../model/site.ts';
import { type ColdPack, encodePack, type PackedDocument, type ReleaseIndex } from '../../pack/format.ts';
import type { PackName } from '../../render/document.ts';
import {
  notFoundName,
  type Placed,
  SHELL_TYPE,
  shellBytes,
  shellName,
  unavailableName,
} from '../documents/document-store.ts';
import { type NamedPacks, type PackToWrite, packKey } from '../documents/item-packs.ts';
import { packed, toRendered } from '../documents/rendered.ts';
import type { KeptShells } from '../documents/shell-store.ts';

const COLD: readonly PackName[] = ['series', 'archive'];

/** The packs of documents that an ordinary publish leaves alone, and those of them that have to be written. */
export function coldPacks(
  placed: readonly Placed[],
  named: NamedPacks,
): { readonly cold: readonly ColdPack[]; readonly packs: readonly PackToWrite[] } {
  const cold: ColdPack[] = [];
  const packs: PackToWrite[] = [];
  for (const name of COLD) {
    const members = placed.filter((document) => document.pack === name);
    if (members.length === 0) continue;
    const { documents, chunks } = lay(members);
    const stamp = createHash('sha256').update(JSON.stringify(documents)).digest('base64url');
    const current = named(name);
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

/** The release as KV holds it, and its key `release/{n}-{hash}`. */
export function encodeRelease(
  bulletin: Bulletin,
  moment: Moment,
  parts: Pick<ReleaseIndex, 'cold' | 'items' | 'policy' | 'revokedKeys'> & {
    readonly placed: readonly Placed[];
    readonly older: readonly KeptShells[];
    /** Of the page that says something can't be read. */
    readonly unavailablePolicy: string;
  },
): { readonly key: string; readonly bytes: Uint8Array; readonly index: ReleaseIndex } {
  const { documents, chunks } = lay([
    ...parts.placed.filter((document) => document.pack === 'release'),
    ...parts.older.flatMap(placedShells),
  ]);
  const languages = languageTags(bulletin.site);
  const take = (nameOf: (language: string) => string, status?: 404) =>
    Object.fromEntries(
      languages.flatMap((language) => {
        const document = documents[nameOf(language)];
        delete documents[nameOf(language)];
        return document ? [[language, status ? { ...document, status } : document]] : [];
      }),
    );
  const [boundary] = boundaries(bulletin, moment.asOf);
  if (!boundary) throw new Error('a site whose day never turns');
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
    shells: take(shellName),
    ...(parts.older.length > 0
      ? {
          older: Object.fromEntries(
            parts.older.map(({ template, policy }) => [
              template,
              { policy, shells: take((language) => shellName(language, template)) },
            ]),
          ),
        }
      : {}),
    notFound: take(notFoundName, 404),
    unavailable: { policy: parts.unavailablePolicy, pages: take(unavailableName) },
    documents,
    cold: parts.cold,
    items: parts.items,
  };
  const bytes = encodePack(index, chunks);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return { key: `release/${moment.release}-${hash}`, bytes, index };
}

/** Kept shells as the release holds its own. */
const placedShells = ({ template, shells }: KeptShells): readonly Placed[] =>
  Object.entries(shells).map(([language, shell]) => {
    const of = { stamp: template, type: SHELL_TYPE, pack: 'release' } as const;
    const bytes = shellBytes(shell);
    return {
      path: shellName(language, template),
      pack: 'release',
      audience: 'page',
      rendered: toRendered(bytes, of),
    };
  });

/** Documents laid end to end. */
function lay(placed: readonly Placed[]): {
  readonly documents: Record<string, PackedDocument>;
  readonly chunks: readonly Uint8Array[];
} {
  const documents: Record<string, PackedDocument> = {};
  const chunks: Uint8Array[] = [];
  let at = 0;
  for (const { path, rendered, audience, shell } of placed) {
    documents[path] = { ...packed(rendered, at, audience), ...(shell === undefined ? {} : { shell }) };
    chunks.push(rendered.bytes);
    at += rendered.bytes.length;
  }
  return { documents, chunks };
}
