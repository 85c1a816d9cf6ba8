import { request } from 'node:http';

/**
 * The size of a body on the network, in bytes of Brotli. The request accepts only `br`: if it accepted gzip too, the
 * local platform would encode the body again.
 * @throws Error where the answer is not in Brotli
 */
export function bodyBytes(url: URL): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { 'Accept-Encoding': 'br' } }, (response) => {
      if (response.headers['content-encoding'] !== 'br') reject(new Error(`${url} was not sent as br`));
      let sum = 0;
      response.on('data', (chunk: Uint8Array) => {
        sum += chunk.length;
      });
      response.on('end', () => resolve(sum));
    })
      .on('error', reject)
      .end();
  });
}
