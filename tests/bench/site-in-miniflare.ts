import type { ChildProcess } from 'node:child_process';
import { channel } from 'node:diagnostics_channel';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { unstable_readConfig as readConfig } from 'wrangler';
import type { StaffAnswer } from '../../worker/model/staff/request.ts';
import { bundleWorker } from './bundle-worker.ts';
import { cpuMsOf } from './cpu-ms.ts';
import type { Call } from './staff-call.ts';

/** The operator's key of each site in the bench. */
export const OPERATOR = 'bench-operator-key-bench-operator-key-bench';

/** A rate limit as wrangler.toml has it. */
type RateLimit = {
  readonly name: string;
  readonly namespace_id: string;
  readonly simple: { readonly limit: number; readonly period: 10 | 60 };
};

/** A running site. `cpuMs` gives the CPU time of its workerd so far, in milliseconds. */
export type CountingSite = { readonly site: Miniflare; readonly url: URL; cpuMs(): number };

/**
 * Starts the whole Worker in workerd, with a KV that counts its calls. Its state is in memory and is lost at the end.
 * Start one site after the other: each notes the workerd that starts meanwhile.
 * @param isLimited whether each key has the limits of the product; without them a site fills faster than staff may
 */
export async function startCountingSite({ isLimited = false } = {}): Promise<CountingSite> {
  const config = readConfig({ config: 'wrangler.toml' });
  const worker = await bundleWorker('tests/worker/bench/counting-worker.ts');
  // Miniflare hides the process of its runtime, but Node reports every child process:
  // https://nodejs.org/api/diagnostics_channel.html#event-child_process
  let pid = 0;
  const notePid = (message: unknown) => {
    const { process: child } = message as { readonly process: ChildProcess };
    child.once('spawn', () => {
      if (child.spawnfile.endsWith('workerd')) pid = child.pid ?? 0;
    });
  };
  channel('child_process').subscribe(notePid);
  const site = new Miniflare(
    convertV4MiniflareOptions({
      name: 'bench',
      modules: [{ type: 'ESModule', path: 'index.js', contents: worker }],
      compatibilityDate: config.compatibility_date ?? '',
      compatibilityFlags: ['nodejs_compat'],
      kvNamespaces: ['BULLETIN'],
      durableObjects: { NEWSROOM: { className: 'Newsroom', useSQLite: true } },
      ratelimits: Object.fromEntries(
        config.ratelimits.map(({ name, ...limit }: RateLimit) => [name, limit] as const),
      ),
      bindings: { OPERATOR_KEY: OPERATOR, SIGNING_KEY: OPERATOR, IS_LIMITED: isLimited },
      cf: false,
    }),
  );
  const url = await site.ready;
  channel('child_process').unsubscribe(notePid);
  return { site, url, cpuMs: () => cpuMsOf(pid) };
}

/**
 * Makes a staff call as the operator; gives the parsed body of the answer.
 * @param headers further headers, such as the agency that the operator acts for
 * @throws Error where the call is refused
 */
export async function staffCall<T>(
  url: URL,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<T> {
  const response = await fetch(new URL(`/api/v1/staff/${path}`, url), {
    method,
    headers: { Authorization: `Bearer ${OPERATOR}`, 'Content-Type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
  return JSON.parse(text) as T;
}

/**
 * Sends the operator's staff calls to the Newsroom at once, without the Worker's checks, so that they share a publish.
 * Gives the parsed body of each answer.
 * @throws Error where one is refused
 */
export async function staffCalls(url: URL, calls: readonly Call[]): Promise<readonly { id: string }[]> {
  const response = await fetch(new URL('/bench/calls', url), { method: 'POST', body: JSON.stringify(calls) });
  if (!response.ok) throw new Error(`the calls were answered with ${response.status}`);
  return ((await response.json()) as readonly StaffAnswer[]).map((answer, i) => {
    if (!answer.ok) throw new Error(`${calls[i]?.slice(0, 2).join(' ')}: ${JSON.stringify(answer.problem)}`);
    return JSON.parse(answer.body);
  });
}
