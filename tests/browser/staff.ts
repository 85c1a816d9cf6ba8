import { setTimeout as sleep } from 'node:timers/promises';

/** The answer of the staff endpoint to an accepted change. */
export type Accepted = { readonly id: string; readonly version: number; readonly release: number };

/** The staff endpoint, with the operator's key. */
export type Staff = {
  /** Makes a call under `/api/v1/staff`, for an agency. @throws Error where it is refused */
  call(method: string, path: string, agency: string, body: unknown): Promise<Accepted>;
  /**
   * Waits until a release, or a later one, is public; gives the time taken, in milliseconds.
   * @throws Error after a minute
   */
  untilPublic(release: number): Promise<number>;
};

// Readers are promised "about a minute".
const PROMISED_MS = 60_000;

export const staffOf = (origin: string, key: string): Staff => ({
  async call(method, path, agency, body) {
    const answer = await fetch(`${origin}/api/v1/staff${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'nashra-agency': agency,
      },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} was refused (${answer.status}): ${text}`);
    return JSON.parse(text);
  },
  async untilPublic(release) {
    const began = Date.now();
    for (; Date.now() - began < PROMISED_MS; await sleep(250)) {
      const answer = await fetch(`${origin}/api/v1/live.json`, { method: 'HEAD' });
      if (Number(answer.headers.get('nashra-release')) >= release) return Date.now() - began;
    }
    throw new Error(`release ${release} is not public after ${PROMISED_MS} ms`);
  },
});
