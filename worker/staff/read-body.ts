import { coded } from '../model/coded.ts';
import { ok, type Problem, type Result, refuse } from '../model/problem.ts';
import { CSV_TYPE } from '../model/staff/media-types.ts';

/** The largest body of a staff request: 1 MiB. */
export const MAX_BODY_BYTES = 2 ** 20;

/**
 * Reads the body of a request as text; null if there is none. Checks the size while the body streams in, so that memory
 * never holds more than the limit; then the encoding, the media type and UTF-8. The caller parses the JSON.
 * @param mediaTypes the accepted media types, in lower case
 */
export async function readBody(
  request: Request,
  mediaTypes: readonly string[],
): Promise<Result<string | null>> {
  if (Number(request.headers.get('Content-Length') ?? 0) > MAX_BODY_BYTES) return refuse(tooLarge);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let sizeBytes = 0;
  for await (const chunk of request.body ?? []) {
    sizeBytes += chunk.length;
    if (sizeBytes > MAX_BODY_BYTES) return refuse(tooLarge);
    chunks.push(chunk);
  }
  if (sizeBytes === 0) return ok(null);
  const coding = request.headers.get('Content-Encoding') ?? 'identity';
  if (coding.toLowerCase() !== 'identity') return refuse(unsupportedCoding(coding));
  const mediaType = mediaTypeOf(request);
  if (!mediaTypes.includes(mediaType))
    return refuse(unsupportedType(request.headers.get('Content-Type') ?? '', mediaTypes));
  const bytes = await new Blob(chunks).arrayBuffer();
  try {
    const encoding = mediaType === CSV_TYPE ? encodingOf(new Uint8Array(bytes)) : 'utf-8';
    return ok(new TextDecoder(encoding, { fatal: true, ignoreBOM: false }).decode(bytes));
  } catch {
    const code = mediaType === CSV_TYPE ? 'file-not-utf8' : 'body-not-utf8';
    return refuse({ kind: 'malformed', status: 400, ...coded(code) });
  }
}

/** The media type that a request declares, in lower case, without parameters; empty if it declares none. */
export const mediaTypeOf = (request: Request): string =>
  (request.headers.get('Content-Type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';

/** UTF-16, which Excel calls Unicode text, begins with a mark of the order of bytes. */
const encodingOf = ([first, second]: Uint8Array): string =>
  first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';

/** The most characters of a header that a refusal quotes. */
const MAX_QUOTED = 100;

const tooLarge: Problem = { kind: 'too-large', status: 413, limitBytes: MAX_BODY_BYTES };

const unsupportedCoding = (coding: string): Problem => ({
  kind: 'unsupported-media-type',
  status: 415,
  ...coded('body-encoded', { coding: coding.slice(0, MAX_QUOTED) }),
});

const unsupportedType = (type: string, mediaTypes: readonly string[]): Problem => ({
  kind: 'unsupported-media-type',
  status: 415,
  ...(type === ''
    ? coded('media-type-missing', { types: mediaTypes.join(', ') })
    : coded('media-type-other', { types: mediaTypes.join(', '), type: type.slice(0, MAX_QUOTED) })),
});
