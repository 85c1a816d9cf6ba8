import { request } from 'node:http';

/**
 * The bytes of a body as it crosses the network in Brotli. Only `br` is accepted: the local platform would encode anew
 * for a list with gzip in it.
 * @throws where the answer is not in Brotli
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
