import type { Instant } from '../model/instant.ts';
import { compressed } from './compressed.ts';
import type { ItemAddress, PackedHere } from './item-page.ts';
import type { Sent } from './ready-document.ts';

/** What an item has beside its page, ready to be sent. */
export type Representation = { readonly sent: Sent; readonly bytes: Uint8Array<ArrayBuffer> };

/** Types whose content is text, which Brotli makes small; pictures are compressed already. */
const TEXT = /^(text\/|image\/svg|application\/([\w.-]+\+)?(json|xml))/;

/** The representation that an address names; null if the item has none, as once it is withdrawn. */
export function itemRepresentation(
  { pack, item }: PackedHere,
  { representation, language, since }: ItemAddress,
): Representation | null {
  const byLanguage = item.representations?.[representation ?? ''];
  const placed = byLanguage && Object.hasOwn(byLanguage, language) ? byLanguage[language] : undefined;
  if (!placed) return null;
  const { type, audience, etag, at, length } = placed;
  const modified: Instant | undefined = item.modified ?? since;
  const facts = {
    type,
    audience,
    etag,
    status: 200,
    ...(modified === undefined ? {} : { modified }),
  } as const;
  const content = pack.bytes.subarray(at, at + length);
  if (!TEXT.test(type))
    return {
      sent: { ...facts, encoding: 'identity', sizeBytes: length, length },
      bytes: content.slice(), // so that the pack itself may go
    };
  const { bytes, sizeBytes } = compressed(etag, () => content);
  return { sent: { ...facts, encoding: 'br', sizeBytes, length: bytes.length }, bytes };
}
