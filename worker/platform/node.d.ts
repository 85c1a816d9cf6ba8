// The types of the Node functions that the Worker uses
// (https://developers.cloudflare.com/workers/runtime-apis/nodejs/). With all of Node's types, `node:fs` would
// compile here too. The types of Cloudflare declare `process` and `Buffer` themselves: Biome refuses those (biome.json).

declare module 'node:zlib' {
  export const constants: {
    readonly BROTLI_PARAM_QUALITY: number;
    readonly BROTLI_PARAM_MODE: number;
    readonly BROTLI_MODE_TEXT: number;
    readonly BROTLI_PARAM_SIZE_HINT: number;
  };
  type BrotliOptions = { readonly params: { readonly [param: number]: number } };
  export function brotliCompressSync(
    content: Uint8Array | string,
    options?: BrotliOptions,
  ): Uint8Array<ArrayBuffer>;
  export function brotliDecompressSync(bytes: Uint8Array): Uint8Array<ArrayBuffer>;
}

declare module 'node:crypto' {
  type Hash = { update(data: string | Uint8Array): Hash; digest(encoding: 'hex' | 'base64url'): string };
  export function createHash(algorithm: 'sha256'): Hash;
  export function hash(algorithm: 'sha256', data: string, encoding: 'hex'): string;
  export function timingSafeEqual(a: Uint8Array, b: Uint8Array): boolean;
  type KeyObject = { export(options: { readonly format: 'jwk' }): { readonly x: string } };
  export function createPrivateKey(key: {
    readonly key: Uint8Array;
    readonly format: 'der';
    readonly type: 'pkcs8';
  }): KeyObject;
  export function createPublicKey(privateKey: KeyObject): KeyObject;
  /** Ed25519 hashes the data itself, so `algorithm` is null. */
  export function sign(algorithm: null, data: Uint8Array, key: KeyObject): Uint8Array;
}
