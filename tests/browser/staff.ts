import { setTimeout as sleep } from 'node:timers/promises';

/** What the staff endpoint answers to an accepted change. */
export type Accepted = { readonly id: string; readonly version: number; readonly release: number };

/** The staff endpoint, with the operator's key. */
export type Staff = {
  /** One call under `/api/v1/staff`, for an agency. @throws Error where it is refused */
  call(method: string, path: string, agency: string, body: unknown): Promise<Accepted>;
  /** Waits until the public path shows a release or a later one; gives how long that took, in milliseconds. */
  shown(release: number): Promise<number>;
};

// "About a minute" is what readers are promised.
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
  async shown(release) {
    const began = Date.now();
    for (; Date.now() - began < PROMISED_MS; await sleep(250)) {
      const answer = await fetch(`${origin}/api/v1/live.json`, { method: 'HEAD' });
      if (Number(answer.headers.get('nashra-release')) >= release) return Date.now() - began;
    }
    throw new Error(`release ${release} is not shown after ${PROMISED_MS} ms`);
  },
});
