import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../../worker/model/problem.ts';
import type { Site } from '../../worker/model/site.ts';
import { isSecureAddress } from '../../worker/model/staff/secure-address.ts';

/** The fields of the staff endpoint's items that the seed uses. */
export type StaffItem = { readonly id: unknown; readonly agency: unknown; readonly content: unknown };

/** A client of a site's staff endpoint, for Node programs. */
export type Staff = {
  /** The settings; null if the site has none yet. */
  site(): Promise<Site | null>;
  /** All items of a collection, withdrawn items too. */
  items(collection: string): Promise<readonly StaffItem[]>;
  /**
   * Calls a path under `/api/v1/staff` and returns the JSON of the answer. Retries a few times if the site is briefly
   * unavailable (no connection, 429, 5xx).
   * @throws StaffRefusal if the site refuses the call, Error if the site can't be reached
   */
  call(method: string, path: string, body?: unknown, idempotencyKey?: string): Promise<unknown>;
};

/** The staff endpoint refused a call. The message is one line with the call, the status and the faults. */
export class StaffRefusal extends Error {
  readonly status: number;
  /** The refused call, with title and detail of the answer. */
  readonly summary: string;
  readonly faults: readonly Fault[];
  constructor(status: number, summary: string, faults: readonly Fault[], describe = describeFault) {
    super(`${summary} (${status})${faults.length ? `: ${faults.map(describe).join('; ')}` : ''}`);
    this.status = status;
    this.summary = summary;
    this.faults = faults;
  }
  /** The same refusal with other words for each fault. */
  describedBy(describe: (fault: Fault) => string): StaffRefusal {
    return new StaffRefusal(this.status, this.summary, this.faults, describe);
  }
}

const describeFault = ({ pointer, detail }: Fault): string => `${pointer} ${detail}`;

const ATTEMPTS = 5;
const TIMEOUT_MS = 60_000;
const MAX_WAIT_MS = 30_000;

/**
 * Checks that a key may be sent to an address. Programs call it before they build, read or deploy anything.
 * @throws Error with a one-line message if everybody on the way could read the key
 */
export function requireSecureAddress(url: string): void {
  if (!isSecureAddress(url))
    throw new Error(`the operator key is sent only over https or to this machine, not to ${url}: use https.`);
}

/**
 * A client of the staff endpoint. `url` is the site's address; its path is ignored.
 * @throws Error if a key may not be sent there: see `requireSecureAddress`
 */
export function staffAt(url: string, key: string): Staff {
  requireSecureAddress(url);
  const base = `${new URL(url).origin}/api/v1/staff`;
  const call: Staff['call'] = async (method, path, body, idempotencyKey) => {
    for (let attempt = 1; ; attempt++) {
      const answer = await send(base + path, method, key, body, idempotencyKey).catch((cause: unknown) => {
        if (attempt < ATTEMPTS) return null;
        throw new Error(`${method} ${base}${path} got no answer (${reasonOf(cause)})`, { cause });
      });
      if (answer?.ok) return answer.json();
      const retry = answer === null || answer.status === 429 || answer.status >= 500;
      if (answer && (!retry || attempt >= ATTEMPTS))
        throw await refusal(answer, `${method} ${path} was refused`);
      const retryAfterSeconds = Number(answer?.headers.get('retry-after') ?? Number.NaN);
      await answer?.body?.cancel();
      await sleep(
        Math.min(
          Number.isFinite(retryAfterSeconds) ? retryAfterSeconds * 1000 : 500 * 2 ** attempt,
          MAX_WAIT_MS,
        ),
      );
    }
  };
  return { call, site: () => siteOf(call), items: (collection) => itemsOf(call, collection) };
}

async function send(url: string, method: string, key: string, body: unknown, idempotencyKey?: string) {
  const headers: Record<string, string> = { authorization: `Bearer ${key}` };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey;
  const payload = body === undefined ? {} : { body: JSON.stringify(body) };
  return fetch(url, {
    method,
    headers,
    ...payload,
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
}

async function siteOf(call: Staff['call']): Promise<Site | null> {
  try {
    return (await call('GET', '/site')) as Site;
  } catch (error) {
    if (error instanceof StaffRefusal && error.status === 404) return null;
    throw error;
  }
}

async function itemsOf(call: Staff['call'], collection: string) {
  const all: StaffItem[] = [];
  for (let path: string | null = `/${collection}`; path; ) {
    const page: { items?: StaffItem[]; next?: string | null } = Object(await call('GET', path));
    all.push(...(page.items ?? []));
    path = page.next ? page.next.replace(/^\/api\/v1\/staff/, '') : null;
  }
  return all;
}

async function refusal(answer: Response, call: string): Promise<StaffRefusal> {
  const problem: Record<string, unknown> = Object(await answer.json().catch(() => null));
  const message = [problem.title, problem.detail].filter((text) => typeof text === 'string').join(': ');
  const faults: readonly Fault[] = Array.isArray(problem.errors) ? problem.errors : [];
  return new StaffRefusal(answer.status, message ? `${call}: ${message}` : call, faults);
}

const reasonOf = (error: unknown): string =>
  error instanceof Error
    ? error.cause instanceof Error
      ? error.cause.message
      : error.message
    : String(error);
