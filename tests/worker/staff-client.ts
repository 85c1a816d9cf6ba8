import { env, exports } from 'cloudflare:workers';
import { expect } from 'vitest';
import { aSite } from './a-site.ts';
import { advanceClock } from './clock.ts';
import { expectCoded } from './coded-answer.ts';

/** The operator's key in tests: vitest.config.ts gives it to the Worker. */
export const OPERATOR_KEY = 'test-operator-key-test-operator-key-test-op';
const ORIGIN = 'https://bulletin.example';

/** How a staff call is sent. A `body` of text or bytes is sent as it is; any other `body` is sent as JSON. */
export type StaffCallOptions = {
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
 * Sends a staff call through the Worker, with the operator's key unless another key (or null for none) is given. The
 * operator's calls about figures and remarks act for the health ministry, which may report all metrics.
 */
export async function staff(method: string, path: string, options: StaffCallOptions = {}): Promise<Answer> {
  const { key = OPERATOR_KEY, body, headers = {} } = options;
  return answerOf(
    await exports.default.fetch(`${ORIGIN}/api/v1/staff/${path}`, {
      method,
      headers: {
        ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(key === OPERATOR_KEY && /^(statistics|remarks)\b/.test(path)
          ? { 'Nashra-Agency': 'health' }
          : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isRaw(body) ? body : JSON.stringify(body) }),
    }),
  );
}

/** A staff call two seconds after the previous one, so that it need not wait for the pause between two publishes. */
export const pacedStaff: typeof staff = (...call) => {
  advanceClock(2000);
  return staff(...call);
};

/** A staff call that is sent again if it is doubted, with the ids of its notes and a reason. */
export const confirmedStaff: typeof staff = async (method, path, options) => {
  const asked = await pacedStaff(method, path, options);
  if (!asked.body?.notes || asked.status !== 409) return asked;
  const confirm = asked.body.notes.map(({ id }: { id: string }) => id);
  const sent = Object(options?.body);
  const body = method === 'POST' && path === 'remarks' && !('content' in sent) ? { content: sent } : sent;
  return pacedStaff(method, path, { ...options, body: { reason: 'r', ...body, confirm } });
};

/** A public GET by a reader one minute later, because an isolate may serve its cached release for a while. */
export async function get(path: string): Promise<Answer> {
  advanceClock(60_000);
  return answerOf(await exports.default.fetch(`${ORIGIN}${path}`, { redirect: 'manual' }));
}

/** The stub of the one Newsroom. */
export const newsroom = () => env.NEWSROOM.getByName('newsroom');

/** Stores the settings of `aSite` with these changes. */
export async function setUpSite(changes: Parameters<typeof aSite>[0] = {}): Promise<void> {
  const answer = await staff('PUT', 'site', { body: aSite(changes) });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
}

/** Issues a new key for an agency. `limits`: its scope, label and expiry, if it has them. */
export async function createKey(
  agency: string,
  limits: object = {},
): Promise<{ readonly id: string; readonly key: string }> {
  const answer = await staff('POST', 'keys', { body: { agency, ...limits } });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return { id: answer.body.id, key: answer.body.key };
}

/** The content of a news item that passes every check. */
export const newsContent = (changes: Record<string, unknown> = {}) => ({
  title: { ar: 'خبر', en: 'News' },
  body: { ar: 'نص', en: 'Body' },
  date: '2021-08-03',
  ...changes,
});

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('Content-Type') ?? '');
  const body = isJson && text ? JSON.parse(text) : text;
  // No test gets a fault without a code.
  if (/problem\+json/.test(response.headers.get('Content-Type') ?? '') && text) expectCoded(body);
  return { status: response.status, headers: response.headers, body };
}

const isRaw = (body: unknown): body is string | Uint8Array<ArrayBuffer> =>
  typeof body === 'string' || body instanceof Uint8Array;
