import type { Instant } from '../model/instant.ts';
import { compressed } from './compressed.ts';
import type { ItemAddress, ItemInPack } from './item-page.ts';
import type { DocumentMetadata } from './ready-document.ts';

/** What an item has beside its page, ready to be sent; `isFirst` as in `Compressed`. */
export type Representation = {
  readonly isFirst: boolean;
  readonly metadata: DocumentMetadata;
  readonly bytes: Uint8Array<ArrayBuffer>;
};

/** Types of text, which Brotli makes smaller. Pictures are compressed already. */
const TEXT = /^(text\/|image\/svg|application\/([\w.-]+\+)?(json|xml))/;

/** The representation that an address names; null if the item has none, such as a withdrawn item. */
export function itemRepresentation(
  { pack, item }: ItemInPack,
  { representation, language, since }: ItemAddress,
): Representation | null {
  const byLanguage = item.representations?.[representation ?? ''];
  const packed = byLanguage && Object.hasOwn(byLanguage, language) ? byLanguage[language] : undefined;
  if (!packed) return null;
  const { type, audience, etag, at: offset, length } = packed;
  const modified: Instant | undefined = item.modified ?? since;
  const common = {
    type,
    audience,
    etag,
    status: 200,
    ...(modified === undefined ? {} : { modified }),
  } as const;
  const content = pack.bytes.subarray(offset, offset + length);
  if (!TEXT.test(type))
    return {
      isFirst: false,
      metadata: { ...common, encoding: 'identity', sizeBytes: length, length },
      bytes: content.slice(), // a copy, so that memory can drop the pack
    };
  const { bytes, sizeBytes, isFirst } = compressed(etag, () => content);
  return { isFirst, metadata: { ...common, encoding: 'br', sizeBytes, length: bytes.length }, bytes };
}
