import { env, exports } from 'cloudflare:workers';
import { expect } from 'vitest';
import { aSite } from './a-site.ts';
import { advance } from './clock.ts';

/** The operator's key of these tests: vitest.config.ts gives it to the Worker. */
export const OPERATOR = 'test-operator-key-test-operator-key-test-op';
const ORIGIN = 'https://bulletin.example';

/** How a staff call is sent. `body` is JSON unless it is a text, which goes as it is. */
export type Sent = {
  readonly key?: string | null;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A parsed answer. */
export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any;
};

/**
 * A call of the write plane through the Worker, with the operator's key unless another (or null) is given. The operator
 * posts figures for the health ministry, which reports them all.
 */
export async function staff(method: string, path: string, sent: Sent = {}): Promise<Answer> {
  const { key = OPERATOR, body, headers = {} } = sent;
  return answerOf(
    await exports.default.fetch(`${ORIGIN}/api/v1/staff/${path}`, {
      method,
      headers: {
        ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(key === OPERATOR && path.startsWith('statistics/') ? { 'Nashra-Agency': 'health' } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
  );
}

/** The same call two seconds after whatever was before, so that it need not wait for the second between two publishes. */
export const pacedStaff: typeof staff = (...call) => {
  advance(2000);
  return staff(...call);
};

/** A public GET by a reader who comes a minute later: an isolate may show what it has for a while. */
export async function get(path: string): Promise<Answer> {
  advance(60_000);
  return answerOf(await exports.default.fetch(`${ORIGIN}${path}`, { redirect: 'manual' }));
}

/** The one Newsroom. */
export const newsroom = () => env.NEWSROOM.getByName('newsroom');

/** Puts settings in place. */
export async function openSite(changes: Parameters<typeof aSite>[0] = {}): Promise<void> {
  const answer = await staff('PUT', 'site', { body: aSite(changes) });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
}

/** A new key of an agency. */
export async function keyOf(agency: string): Promise<{ readonly id: string; readonly key: string }> {
  const answer = await staff('POST', 'keys', { body: { agency } });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return { id: answer.body.id, key: answer.body.key };
}

/** News that passes every check. */
export const someNews = (changes: Record<string, unknown> = {}) => ({
  title: { ar: 'خبر', en: 'News' },
  body: { ar: 'نص', en: 'Body' },
  date: '2021-08-03',
  ...changes,
});

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('Content-Type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    body: isJson && text ? JSON.parse(text) : text,
  };
}
