import { brotliCompressSync, constants } from 'node:zlib';

/** Compresses a text's UTF-8 with Brotli (RFC 7932). `quality` is 0 to 11: time grows faster than bytes shrink. */
export const brotliText = (content: Uint8Array, quality: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    brotliCompressSync(content, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: quality,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      },
    }),
  );
